package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.Client;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.store.TestDatabase;

/** One account has one counter, whatever name the accounts take for it (T-125); five failures make it wait. */
final class OneCounterTest {
    private static final String MD5_ADMIN = "MD5:21232f297a57a5a743894a0e4a801fc3";
    private static final List<String> SPELLINGS =
            List.of("bob", "b-ob", "b--ob", "bo b", "bob@example.org", "BOB@example.org");

    @TempDir
    Path directory;

    private int addresses;

    @Test
    void t125_countsAllNamesOfALooselyComparedAccountTogether() throws SQLException {
        try (EngineUnderTest engine = EngineUnderTest.throttled(TestDatabase.H2, looseTable())) {
            assertThat(SPELLINGS)
                    .allSatisfy(name ->
                            assertThat(logOn(engine, name, "admin")).as(name).isInstanceOf(Accepted.class));

            assertFiveChecked(name -> logOn(engine, name, "wrong"));
            assertThat(logOn(engine, "bob", "admin")).isInstanceOf(Throttled.class);
            assertThat(logOn(engine, "carol", "admin")).isInstanceOf(Accepted.class);
        }
    }

    /** Two spellings of a name that is nobody's share their tries; those of an account's name must do the same. */
    @Test
    void t61_spellingsShareTheirTriesWhoeverHasTheName() throws SQLException {
        try (EngineUnderTest engine = EngineUnderTest.throttled(TestDatabase.H2, exactTable())) {
            assertThat(List.of("bob", "nobody")).allSatisfy(name -> {
                for (int i = 0; i < 5; i++) {
                    assertThat(logOn(engine, name, "wrong")).isInstanceOf(Rejected.class);
                }
                assertThat(logOn(engine, name.toUpperCase(Locale.ROOT), "wrong"))
                        .as(name)
                        .isInstanceOf(Throttled.class);
            });
        }
    }

    /** A machine client's password for each request. */
    @Test
    void t125_countsRequestsTogetherWithLogons() throws SQLException {
        try (EngineUnderTest engine = EngineUnderTest.throttled(TestDatabase.H2, looseTable())) {
            assertFiveChecked(name -> engine.runtime().authentication().authenticateRequest(password(name, "wrong")));
            assertThat(logOn(engine, "bob", "admin")).isInstanceOf(Throttled.class);
        }
    }

    /** Nobody can tell whose name it is; so all that may be one name count as one. */
    @Test
    void t125_countsSpellingsForALoginEntryTogether() throws IOException {
        Path file = Files.writeString(
                directory.resolve("login.config"), "one { " + TestLoginModule.class.getName() + " required; };");
        Accounts jaas = new Accounts.Jaas(
                "one", file, Set.of(), Set.of(TestLoginModule.Role.class.getName()), Duration.ofHours(12));
        try (EngineUnderTest engine = EngineUnderTest.throttled(TestDatabase.H2, jaas)) {
            for (String name : List.of("bob", "b-ob", "b--ob", "bo b", "BOB")) {
                assertThat(logOn(engine, name, "wrong")).as(name).isInstanceOf(Rejected.class);
            }
            assertThat(logOn(engine, "bob", "bob-secret")).isInstanceOf(Throttled.class);
        }
    }

    private void assertFiveChecked(Function<String, LogonResult> wrong) {
        List<LogonResult> results = SPELLINGS.stream().map(wrong).toList();

        assertThat(results.subList(0, 5)).hasOnlyElementsOfType(Rejected.class);
        assertThat(results.get(5)).isInstanceOf(Throttled.class);
    }

    /** A user table that skips blanks and hyphens, and that knows its users by mail address too. */
    private static Accounts looseTable() throws SQLException {
        return table("set collation en strength primary");
    }

    private static Accounts exactTable() throws SQLException {
        return table("set collation off");
    }

    private static Accounts table(String collation) throws SQLException {
        Database.Url database =
                new Database.Url("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", new Secret(""));
        try (Connection connection = DriverManager.getConnection(database.url(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(collation);
            statement.execute("create table app_user (name varchar(99), mail varchar(99))");
            statement.execute("insert into app_user values ('bob', 'bob@example.org'), ('carol', 'carol@example.org')");
        }
        String columns = "select name as account_name, '" + MD5_ADMIN + "' as password_hash from app_user";
        Queries queries = new Queries(
                columns + " where name = :name or mail = :name", null, "select 'user' where :name is not null");
        return new Accounts.Sql(database, queries, "auto", 1);
    }

    private LogonResult logOn(EngineUnderTest engine, String name, String password) {
        return engine.runtime().authentication().authenticate(password(name, password));
    }

    /** From another network each time. */
    private LogonRequest.Password password(String name, String password) {
        return new LogonRequest.Password(name, password.toCharArray(), new Client("192.0.2." + ++addresses, "test"));
    }
}
