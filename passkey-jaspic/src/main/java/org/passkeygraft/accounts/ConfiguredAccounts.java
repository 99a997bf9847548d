package org.passkeygraft.accounts;

import javax.sql.DataSource;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.PasskeyExtension;
import org.passkeygraft.spi.PasswordVerifier;

/** The accounts of one web application, whichever kind was configured. */
public final class ConfiguredAccounts implements AutoCloseable {
    private final PasswordVerifier passwords;
    private final CallerDirectory directory;
    private final String description;
    private final Runnable release;

    private ConfiguredAccounts(
            PasswordVerifier passwords, CallerDirectory directory, String description, Runnable release) {
        this.passwords = passwords;
        this.directory = directory;
        this.description = description;
        this.release = release;
    }

    /**
     * Accounts of kind {@code sql}.
     *
     * @param description of the database, without a password
     * @param release gives the data source back; run when these accounts are closed, or cannot be opened
     * @throws org.passkeygraft.config.ConfigurationException naming the key of a query that does not fit the database
     * @throws org.passkeygraft.UnavailableException if the database cannot be asked
     */
    public static ConfiguredAccounts of(Accounts.Sql sql, DataSource dataSource, String description, Runnable release) {
        try {
            SqlAccounts accounts = SqlAccounts.of(dataSource, sql);
            String kind = accounts.hasKeys() ? "sql in " : "sql without a key in ";
            return new ConfiguredAccounts(accounts, accounts, kind + description, release);
        } catch (RuntimeException failure) {
            release.run();
            throw failure;
        }
    }

    /** Accounts that an extension brings. */
    public static ConfiguredAccounts of(PasskeyExtension.Accounts accounts) {
        return new ConfiguredAccounts(
                new GuardedPasswords(accounts.passwords()),
                new GuardedDirectory(accounts.directory()),
                "extension " + accounts.directory().getClass().getName(),
                () -> {});
    }

    public PasswordVerifier passwords() {
        return passwords;
    }

    public CallerDirectory directory() {
        return directory;
    }

    /** For the line in the log at start. */
    public String description() {
        return description;
    }

    @Override
    public void close() {
        release.run();
    }
}
