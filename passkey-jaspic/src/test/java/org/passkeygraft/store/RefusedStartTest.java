package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/** What waiting cannot cure refuses the start at once. */
final class RefusedStartTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @EnumSource
    void refusesAtOnceWithoutTheRightToCreateTables(TestDatabase kind) throws Exception {
        Database.Url database = kind.fresh();
        Database.Url limited = limited(kind, database);

        assertRefusedAtOnce(limited, "passkey.store.migrate=false");

        try (Connection owner = connect(database);
                Statement statement = owner.createStatement()) {
            // As PostgreSQL does it before version 15.
            statement.execute(
                    kind == TestDatabase.POSTGRESQL
                            ? "grant create on schema public to " + limited.user()
                            : "alter user " + limited.user() + " admin true");
        }
        Fixture.open(limited).close();
    }

    @ParameterizedTest
    @EnumSource
    void refusesAtOnceWithoutTheRightToUpdateTables(TestDatabase kind) throws Exception {
        Database.Url database = kind.fresh();
        Fixture.open(database).close();
        Database.Url limited = limited(kind, database);

        assertRefusedAtOnce(limited, "passkey.store.migrate=false");
    }

    @Test
    void refusesAtOnceWithAnUnknownDatabase() {
        Database.Url known = TestDatabase.POSTGRESQL.fresh();

        assertRefusedAtOnce(new Database.Url(known.url() + "x", known.user(), known.password()), "does not exist");
    }

    @Test
    void refusesAtOnceWithAnUnknownUserOfPostgres() {
        Database.Url known = TestDatabase.POSTGRESQL.fresh();

        assertRefusedAtOnce(new Database.Url(known.url(), "nobody", known.password()), "nobody");
    }

    @Test
    void refusesAtOnceWithAWrongPassword() throws Exception {
        Database.Url known = TestDatabase.H2.fresh();
        Fixture.open(known).close();

        assertRefusedAtOnce(new Database.Url(known.url(), known.user(), new Secret("wrong")), "Wrong user name");
    }

    private static void assertRefusedAtOnce(Database.Url database, String message) {
        Instant start = Instant.now();

        assertThatThrownBy(() -> Fixture.open(database).close())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(message);

        assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE);
    }

    /** The same database for a user who may connect, and nothing else. */
    private static Database.Url limited(TestDatabase kind, Database.Url database) throws SQLException {
        String name = "limited_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection owner = connect(database);
                Statement statement = owner.createStatement()) {
            statement.execute("create user " + name + (kind == TestDatabase.POSTGRESQL ? "" : " password 'secret'"));
        }
        // The settings in a URL of H2 are for administrators.
        return new Database.Url(database.url().replaceFirst(";.*", ""), name, new Secret("secret"));
    }

    private static Connection connect(Database.Url database) throws SQLException {
        return DriverManager.getConnection(
                database.url(), database.user(), database.password().text());
    }
}
