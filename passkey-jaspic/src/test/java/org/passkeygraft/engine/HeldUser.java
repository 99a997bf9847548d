package org.passkeygraft.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.passkeygraft.Account;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;

/**
 * Holds a user's row for a while, so that all who change the user have asked everything else before the first of them
 * changes anything.
 */
final class HeldUser {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private HeldUser() {}

    /** Lets so many do the work, lets go of the row when the last of them waits for it, and gives what each got. */
    static <T> List<T> queue(
            EngineUnderTest engine, TestDatabase kind, Account account, int threads, IntFunction<T> work) {
        try (Connection holder = connect(engine);
                Connection watcher = connect(engine)) {
            holder.setAutoCommit(false);
            hold(holder, account);
            try {
                CompletableFuture<List<T>> results = CompletableFuture.supplyAsync(() -> AtOnce.run(threads, work));
                awaitWaiting(watcher, kind, threads);
                holder.commit();
                return results.join();
            } finally {
                holder.rollback();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Connection connect(EngineUnderTest engine) throws SQLException {
        Database.Url database = engine.database();
        return DriverManager.getConnection(
                database.url(), database.user(), database.password().text());
    }

    private static void hold(Connection holder, Account account) throws SQLException {
        try (PreparedStatement statement =
                holder.prepareStatement("update passkey_user set changes = changes + 1 where account_key = ?")) {
            statement.setString(1, account.key());
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("nobody of this account is known yet");
            }
        }
    }

    /** Within one transaction PostgreSQL would tell the same of its sessions again and again. */
    private static void awaitWaiting(Connection watcher, TestDatabase kind, int threads) throws SQLException {
        Instant patience = Instant.now().plus(PATIENCE);
        try (PreparedStatement statement = watcher.prepareStatement(waiting(kind))) {
            int waiting;
            do {
                waiting = waiting(statement);
                if (Instant.now().isAfter(patience)) {
                    throw new AssertionError(
                            "of " + threads + " only " + waiting + " wait for the user's row in " + kind);
                }
            } while (waiting < threads);
        }
    }

    private static int waiting(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    private static String waiting(TestDatabase kind) {
        return switch (kind) {
            case H2 -> "select count(*) from information_schema.sessions where blocker_id is not null";
            case POSTGRESQL ->
                "select count(distinct pid) from pg_locks join pg_stat_activity using (pid)"
                        + " where not granted and datname = current_database()";
        };
    }
}
