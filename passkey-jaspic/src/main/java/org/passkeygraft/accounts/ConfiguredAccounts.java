package org.passkeygraft.accounts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.Places;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.PasskeyExtension;
import org.passkeygraft.spi.PasswordVerifier;
import org.passkeygraft.store.RememberedStore;

/** The accounts of one web application, whichever kind was configured. */
public final class ConfiguredAccounts implements AutoCloseable {
    /** Well below the 200 threads that servers have for requests. */
    private static final int MAX_ASKING = 80;
    /** A crowd is gone after that time, unless the accounts hang. */
    private static final Duration WAIT_FOR_PLACE = Duration.ofMillis(250);

    private final Places asking = new Places(
            MAX_ASKING, WAIT_FOR_PLACE, "too many threads are asking the accounts, which are slow to answer");
    private final PasswordCheck passwords;
    private final CallerDirectory directory;
    private final CallerDirectory bounded;
    private final String description;
    private final Runnable release;

    private ConfiguredAccounts(
            PasswordCheck passwords, CallerDirectory directory, String description, Runnable release) {
        this.passwords = passwords;
        this.directory = directory;
        this.bounded = new BoundedDirectory(directory, asking);
        this.description = description;
        this.release = release;
    }

    /**
     * Accounts of kind {@code sql}.
     *
     * @param description of the database, without a password
     * @param release gives the data source back; run when these accounts are closed, or cannot be opened
     * @throws org.passkeygraft.config.ConfigurationException naming the key of a query that does not fit the database
     * @throws UnavailableException if the database cannot be asked
     */
    public static ConfiguredAccounts of(Accounts.Sql sql, DataSource dataSource, String description, Runnable release) {
        try {
            SqlAccounts accounts = SqlAccounts.of(dataSource, sql);
            String kind = accounts.hasKeys() ? "sql in " : "sql without a key in ";
            return new ConfiguredAccounts(new Checking(accounts), accounts, kind + description, release);
        } catch (RuntimeException failure) {
            release.run();
            throw failure;
        }
    }

    /**
     * Accounts of kind {@code file}.
     *
     * @throws org.passkeygraft.config.ConfigurationException with every line that cannot be used
     */
    public static ConfiguredAccounts of(Accounts.File file, InstantSource clock) {
        FileAccounts accounts = FileAccounts.of(file, clock);
        return new ConfiguredAccounts(
                by(accounts), accounts, "file without a key " + file.path() + " (" + accounts.size() + ")", () -> {});
    }

    /**
     * Accounts of kind {@code ldap}.
     *
     * @throws org.passkeygraft.config.ConfigurationException naming the key that the directory does not understand
     * @throws UnavailableException if the directory cannot be asked
     */
    public static ConfiguredAccounts of(Accounts.Ldap ldap) {
        LdapAccounts accounts = LdapAccounts.of(ldap);
        String kind = accounts.hasKeys() ? "ldap at " : "ldap without a key at ";
        return new ConfiguredAccounts(by(accounts), accounts, kind + String.join(", ", ldap.urls()), () -> {});
    }

    /**
     * Accounts of kind {@code jaas}.
     *
     * @param application the application's class loader, where login modules are looked for
     * @throws org.passkeygraft.config.ConfigurationException if there is no such entry, or a module of it is missing
     */
    public static ConfiguredAccounts of(
            Accounts.Jaas jaas, ClassLoader application, RememberedStore remembered, InstantSource clock) {
        JaasLogin login = JaasLogin.of(jaas, application);
        Remembering remembering = new Remembering(remembered);
        return new ConfiguredAccounts(
                request -> remembering.verify(login, request.username(), request.password()),
                new RememberedDirectory(remembered, jaas.maximumAge(), clock),
                "jaas without a key, entry " + jaas.entry() + ", remembered for " + jaas.maximumAge(),
                () -> {});
    }

    /** Accounts of kind {@code container}: only a request that comes with the container's realm can check a password. */
    public static ConfiguredAccounts of(Accounts.Container container, RememberedStore remembered, InstantSource clock) {
        Remembering remembering = new Remembering(remembered);
        return new ConfiguredAccounts(
                request -> remembering.verify(realm(request), request.username(), request.password()),
                new RememberedDirectory(remembered, container.maximumAge(), clock),
                "container without a key, remembered for " + container.maximumAge(),
                () -> {});
    }

    private static ContainerRealm realm(LogonRequest.Password request) {
        return request.realm()
                .orElseThrow(() -> new UnavailableException(
                        "the container's realm can only be asked while the container authenticates a request",
                        new IllegalStateException("passkey.accounts.kind is container")));
    }

    /** Accounts that an extension brings. */
    public static ConfiguredAccounts of(PasskeyExtension.Accounts accounts) {
        return new ConfiguredAccounts(
                by(new GuardedPasswords(accounts.passwords())),
                new GuardedDirectory(accounts.directory()),
                "extension " + accounts.directory().getClass().getName(),
                () -> {});
    }

    private static PasswordCheck by(PasswordVerifier verifier) {
        return new Verified(verifier);
    }

    /**
     * Tells whose password this is, as {@link PasswordVerifier#verify} has it; refused as {@code PASSWORD}, or as
     * {@code HASH_UNREADABLE} where no password could be right.
     *
     * @throws UnavailableException if the accounts cannot be asked now, or not by this request
     */
    public Checked<Account> verify(LogonRequest.Password request) {
        return passwords.check(request);
    }

    /**
     * Whether the account has a password, as {@link PasswordVerifier#hasPassword} has it.
     *
     * @throws UnavailableException if the accounts cannot be asked now
     */
    public boolean hasPassword(String accountKey) {
        return asking.within(() -> passwords.hasPassword(accountKey));
    }

    public CallerDirectory directory() {
        return bounded;
    }

    /** Whether the directory knows every account there is, and not only those that have logged on before. */
    public boolean knowsEveryAccount() {
        return !(directory instanceof RememberedDirectory);
    }

    /** For the line in the log at start. */
    public String description() {
        return description;
    }

    @Override
    public void close() {
        release.run();
    }

    @FunctionalInterface
    private interface PasswordCheck {
        Optional<Account> verify(LogonRequest.Password request);

        default Checked<Account> check(LogonRequest.Password request) {
            return verify(request).map(Checked::passed).orElseGet(() -> Checked.refused(Rejection.PASSWORD));
        }

        default boolean hasPassword(String accountKey) {
            return true;
        }
    }

    /** Checked by hashes that may be unreadable. */
    private record Checking(SqlAccounts accounts) implements PasswordCheck {
        @Override
        public Optional<Account> verify(LogonRequest.Password request) {
            return check(request).passed();
        }

        @Override
        public Checked<Account> check(LogonRequest.Password request) {
            return accounts.check(request.username(), request.password());
        }

        @Override
        public boolean hasPassword(String accountKey) {
            return accounts.hasPassword(accountKey);
        }
    }

    /** Checked without the help of the request. */
    private record Verified(PasswordVerifier verifier) implements PasswordCheck {
        @Override
        public Optional<Account> verify(LogonRequest.Password request) {
            return verifier.verify(request.username(), request.password());
        }

        @Override
        public boolean hasPassword(String accountKey) {
            return verifier.hasPassword(accountKey);
        }
    }
}
