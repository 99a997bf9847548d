package org.passkeygraft.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.passkeygraft.UnavailableException;

/**
 * Brings the tables to what this version needs, or looks whether somebody did.
 */
final class Migration {
    static final String HISTORY = "passkey_schema_history";
    static final List<String> SCRIPTS = List.of(
            "V1__passkey_tables.sql",
            "V2__remembered_accounts.sql",
            "V3__policy_and_grants.sql",
            "V5__user_search_and_reset.sql",
            "V6__audit.sql",
            "V7__backup.sql",
            "V8__throttle.sql",
            "V9__throttle_undecided.sql",
            "V10__exact_keys.sql");
    static final List<String> TABLES = List.of(
            "passkey_user",
            "passkey_credential",
            "passkey_spent_ceremony",
            "passkey_sealing_key",
            "passkey_policy",
            "passkey_remembered_account",
            "passkey_grant",
            "passkey_throttle",
            "passkey_contact",
            "passkey_one_time_code",
            "passkey_recovery_code",
            "passkey_audit");
    private static final System.Logger LOG = System.getLogger(Migration.class.getName());
    private static final int ATTEMPTS = 5;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(300);
    /** Authorization, unknown database or schema, unsupported feature. */
    private static final List<String> LASTING_CLASSES = List.of("28", "3D", "3F", "0A");
    /** The standard's read-only; PostgreSQL's rights and prepared statements; H2's rights and read-only. */
    private static final Set<String> LASTING = Set.of("25006", "42501", "42P05", "26000", "90040", "90096", "90097");

    private final DataSource dataSource;
    private final Dialect dialect;

    Migration(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /**
     * Runs the scripts that have not run yet. Servers that start at once on an empty database get in each other's way,
     * and see it done a moment later.
     */
    void run() {
        boolean done = isUpToDate();
        for (int attempt = 1; !done; attempt++) {
            try {
                requireRightToCreate();
                new ScriptRunner(dataSource, dialect).run(SCRIPTS, HISTORY);
                done = true;
            } catch (RuntimeException | SQLException failure) {
                if (attempt == ATTEMPTS || SqlStates.has(failure, Migration::isLasting) || !paused()) {
                    throw refused(failure);
                }
            }
        }
    }

    private UnavailableException refused(Exception failure) {
        String remedy = TransactionPooling.remedy(failure)
                .orElse("let the database user own the tables and create new ones in its schema, or run " + scripts()
                        + " by hand and set passkey.store.migrate=false");
        return new UnavailableException(
                "the tables of the store cannot be created or updated: " + failure.getMessage() + " (" + remedy + ")",
                failure);
    }

    /**
     * True for what waiting cannot cure: wrong credentials, an unknown database or schema, a missing right, a database that
     * is read-only, a pooler that mixes up statements.
     */
    private static boolean isLasting(String state) {
        return LASTING_CLASSES.stream().anyMatch(state::startsWith) || LASTING.contains(state);
    }

    /** The migration library tries to make its table ten times, a second apart, whatever the reason. */
    private void requireRightToCreate() throws SQLException {
        if (!hasHistory()) {
            String table = "passkey_probe_" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table " + table + " (id integer)");
                statement.execute("drop table " + table);
            }
        }
    }

    private boolean hasHistory() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("select 1 from \"" + HISTORY + "\" where 1 = 0")
                    .close();
            return true;
        } catch (SQLException firstStart) {
            LOG.log(System.Logger.Level.DEBUG, "no migration has run yet", firstStart);
            return false;
        }
    }

    /** The everyday start, without the cost of loading a migration library. */
    private boolean isUpToDate() {
        String newest = SCRIPTS.get(SCRIPTS.size() - 1);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select 1 from \"" + HISTORY + "\" where \"script\" = ? and \"success\" = true")) {
            statement.setString(1, newest);
            try (ResultSet applied = statement.executeQuery()) {
                return applied.next();
            }
        } catch (SQLException firstStart) {
            LOG.log(System.Logger.Level.DEBUG, "no migration has run yet", firstStart);
            return false;
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Only looks, for a database user that may not create tables. */
    void check() {
        for (String table : TABLES) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement
                        .executeQuery("select 1 from " + table + " where 1 = 0")
                        .close();
            } catch (SQLException failure) {
                throw new UnavailableException(
                        "the table " + table + " cannot be read and passkey.store.migrate is false: run " + scripts()
                                + " by hand, and let the database user read and write its tables",
                        failure);
            }
        }
    }

    private String scripts() {
        return "sql/" + dialect.folder() + "/" + String.join(", ", SCRIPTS);
    }
}
