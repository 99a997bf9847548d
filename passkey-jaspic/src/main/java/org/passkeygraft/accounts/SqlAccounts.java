package org.passkeygraft.accounts;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.PasswordVerifier;
import org.passkeygraft.store.TransactionPooling;

/**
 * The accounts in the application's own tables. The caller's name and key are what the tables say, never what somebody
 * typed: a column that compares loosely knows one account under many spellings. Safe for use by many threads.
 */
public final class SqlAccounts implements PasswordVerifier, CallerDirectory {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataSource dataSource;
    private final AccountQuery byName;
    private final AccountQuery byKey;
    private final AccountQuery groups;
    private final PasswordHashes hashes;
    private final UnreadableHashes complaints = new UnreadableHashes();

    private SqlAccounts(
            DataSource dataSource,
            AccountQuery byName,
            AccountQuery byKey,
            AccountQuery groups,
            PasswordHashes hashes) {
        this.dataSource = dataSource;
        this.byName = byName;
        this.byKey = byKey;
        this.groups = groups;
        this.hashes = hashes;
    }

    /**
     * Tries the configured queries out, without running them.
     *
     * @param dataSource stays the caller's to close
     * @throws ConfigurationException naming the key of a query that does not fit the database
     * @throws UnavailableException if the database cannot be asked
     */
    public static SqlAccounts of(DataSource dataSource, Accounts.Sql sql) {
        PasswordHashes hashes = new PasswordHashes(new HashFormats(sql.passwordFormat()), sql.hashesAtOnce(), PATIENCE);
        try (Connection connection = dataSource.getConnection()) {
            AccountQuery byName = AccountQuery.prepare(
                    connection,
                    Queries.BY_NAME,
                    sql.queries().byName(),
                    List.of("name"),
                    List.of(AccountRow.NAME, AccountRow.PASSWORD_HASH));
            AccountQuery byKey = byKey(connection, sql.queries(), byName);
            byKey.warnUnlessUsable();
            AccountQuery groups = AccountQuery.prepare(
                    connection, Queries.GROUPS, sql.queries().groups(), List.of("name", "key"), List.of());
            return new SqlAccounts(dataSource, byName, byKey, groups, hashes);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static AccountQuery byKey(Connection connection, Queries queries, AccountQuery byName) throws SQLException {
        Optional<String> configured = queries.byKey();
        if (configured.isEmpty() && byName.givesKey()) {
            throw AccountQuery.missing(
                    Queries.BY_KEY,
                    "write the query that finds an account by :key, since by-name gives an account_key");
        }
        if (configured.isEmpty()) {
            return byName;
        }
        AccountQuery byKey = AccountQuery.prepare(
                connection, Queries.BY_KEY, configured.get(), List.of("key"), List.of(AccountRow.NAME, AccountRow.KEY));
        if (!byName.givesKey()) {
            throw AccountQuery.refused(
                    Queries.BY_NAME, queries.byName(), "give it a column account_key, since there is a by-key");
        }
        return byKey;
    }

    /** Whether accounts have a key beside their name, so that a rename keeps the passkeys. */
    boolean hasKeys() {
        return byName.givesKey();
    }

    @Override
    public Optional<Account> verify(String username, char[] password) {
        return check(username, password).passed();
    }

    /** The same, which also tells of a hash that no password could match. */
    Checked<Account> check(String username, char[] password) {
        if (!TypedName.isAskable(username)) {
            return Checked.refused(Rejection.PASSWORD);
        }
        // The connection goes back before the hashing, which takes far longer than the query.
        Optional<AccountRow> row = ask(connection -> named(connection, username));
        boolean right = hashes.matches(row.map(AccountRow::passwordHash).orElse(null), password);
        boolean unreadable = row.filter(AccountRow::hasPassword).isPresent()
                && !hashes.canRead(row.map(AccountRow::passwordHash).orElse(""));
        if (unreadable) {
            complaints.tell(row.get());
            return Checked.refused(Rejection.HASH_UNREADABLE);
        }
        return right ? Checked.passed(row.get().account()) : Checked.refused(Rejection.PASSWORD);
    }

    @Override
    public boolean hasPassword(String accountKey) {
        return !TypedName.isAskable(accountKey) || ask(connection -> hasPassword(connection, accountKey));
    }

    /** The hash is known by name only: by-key need not give it. */
    private boolean hasPassword(Connection connection, String accountKey) throws SQLException {
        Optional<AccountRow> keyed = row(connection, accountKey);
        if (keyed.isEmpty()) {
            return true;
        }
        Account account = keyed.get().account();
        return named(connection, account.name())
                .filter(named -> named.account().equals(account))
                .map(AccountRow::hasPassword)
                .orElse(true);
    }

    @Override
    public Optional<Entry> find(String accountKey) {
        return TypedName.isAskable(accountKey) ? ask(connection -> entry(connection, accountKey)) : Optional.empty();
    }

    @Override
    public Optional<Account> resolve(String username) {
        return TypedName.isAskable(username)
                ? ask(connection -> named(connection, username)).map(AccountRow::account)
                : Optional.empty();
    }

    private Optional<Entry> entry(Connection connection, String accountKey) throws SQLException {
        Optional<AccountRow> row = row(connection, accountKey);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Account account = row.get().account();
        Set<String> held = row.get().usable()
                ? groups.texts(connection, Map.of("name", account.name(), "key", account.key()))
                : Set.of();
        return Optional.of(new Entry(account, row.get().usable(), held));
    }

    private Optional<AccountRow> row(Connection connection, String accountKey) throws SQLException {
        return unpadded(connection, keyed(connection, accountKey))
                // A loose comparison may find an heir under a similar name; the passkeys are not his (T-110).
                .filter(found -> found.account().key().equals(accountKey));
    }

    private Optional<AccountRow> named(Connection connection, String name) throws SQLException {
        return unpadded(connection, byName.account(connection, Map.of("name", name)));
    }

    /** Where the name is the key, by-name stands in for by-key. */
    private Optional<AccountRow> keyed(Connection connection, String accountKey) throws SQLException {
        return byKey.account(connection, Map.of("key", accountKey, "name", accountKey));
    }

    /**
     * Takes the blanks off that fill up a column, whatever its type. They are part of the name wherever the same row is not
     * found without them: {@code 'alice '} may be another account than {@code 'alice'} (T-110).
     */
    private Optional<AccountRow> unpadded(Connection connection, Optional<AccountRow> found) throws SQLException {
        if (found.filter(AccountRow::isPadded).isEmpty()) {
            return found;
        }
        Account padded = found.get().account();
        AccountRow bare = found.get().unpadded();
        boolean same = byName.account(connection, Map.of("name", bare.account().name()))
                        .filter(row -> row.account().equals(padded))
                        .isPresent()
                && keyed(connection, bare.account().key())
                        .filter(row -> row.account().equals(padded))
                        .isPresent();
        return same ? Optional.of(bare) : found;
    }

    private <T> T ask(Question<T> question) {
        try (Connection connection = dataSource.getConnection()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static UnavailableException unavailable(SQLException cause) {
        String remedy = TransactionPooling.remedy(cause).map(": "::concat).orElse("");
        return new UnavailableException("the application's accounts cannot be asked" + remedy, cause);
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }
}
