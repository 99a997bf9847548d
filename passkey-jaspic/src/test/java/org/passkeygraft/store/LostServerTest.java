package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** A pool after a failover: new connections would serve, the old ones do not. */
final class LostServerTest {
    private static final int CONNECTIONS = 6;

    /** As a server that became a standby does to the connections that it has. */
    @Test
    void oneWriteThrowsAwayEveryConnectionThatBecameReadOnly() throws Exception {
        try (PasskeyStore store = Fixture.open(TestDatabase.POSTGRESQL.fresh())) {
            onEach(store, "set default_transaction_read_only = on");

            assertThatThrownBy(() -> store.users().establish(Fixture.account("alice")))
                    .isInstanceOf(UnavailableException.class);

            for (int attempt = 0; attempt < CONNECTIONS; attempt++) {
                assertThat(store.users().establish(Fixture.account("bob")).quarantined())
                        .isFalse();
            }
        }
    }

    @Test
    void oneFailureThrowsAwayEveryConnectionOfAServerThatStopped() throws Exception {
        Database.Url database = TestDatabase.POSTGRESQL.fresh();
        try (PasskeyStore store = Fixture.open(database)) {
            onEach(store, "select 1");
            try (Connection administrator = DriverManager.getConnection(
                            database.url(), database.user(), database.password().text());
                    Statement statement = administrator.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
            }

            assertThatThrownBy(() -> store.users().establish(Fixture.account("alice")))
                    .isInstanceOf(UnavailableException.class);

            for (int attempt = 0; attempt < CONNECTIONS; attempt++) {
                assertThat(store.users().establish(Fixture.account("bob")).quarantined())
                        .isFalse();
            }
        }
    }

    /** Returned a moment ago, so that the pool gives them out untested. */
    private static void onEach(PasskeyStore store, String sql) throws SQLException {
        List<Connection> taken = new ArrayList<>();
        for (int index = 0; index < CONNECTIONS; index++) {
            Connection connection = store.dataSource().getConnection();
            taken.add(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
        for (Connection connection : taken) {
            connection.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/app, 25006, 0",
        "jdbc:postgresql://db/app, 57P01, 0",
        "jdbc:postgresql://db/app, 57P02, 0",
        "jdbc:postgresql://db/app, 57P03, 0",
        "jdbc:mariadb://db/app, HY000, 1290",
        "jdbc:mysql://db/app, HY000, 1836",
        "jdbc:oracle:thin:@db, 72000, 16000",
        "jdbc:oracle:thin:@db, 61000, 3113",
        "jdbc:sqlserver://db, S0002, 3906",
    })
    void aServerThatNoLongerServesCostsAllItsConnections(String url, String state, int code) {
        AtomicInteger evicted = new AtomicInteger();

        assertThat(new LostServer(url, evicted::incrementAndGet).adjudicate(new SQLException("test", state, code)))
                .isEqualTo(SQLExceptionOverride.Override.MUST_EVICT);
        assertThat(evicted).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db/app", "jdbc:h2:mem:x", "jdbc:mariadb://db/app"})
    void anythingElseIsLeftToThePool(String url) {
        AtomicInteger evicted = new AtomicInteger();
        LostServer server = new LostServer(url, evicted::incrementAndGet);

        assertThat(List.of(
                        server.adjudicate(new SQLException("duplicate key", "23505", 1062)),
                        server.adjudicate(new SQLException("broken", "08006", 0)),
                        server.adjudicate(new SQLException("no state"))))
                .containsOnly(SQLExceptionOverride.Override.CONTINUE_EVICT);
        assertThat(evicted).hasValue(0);
    }
}
