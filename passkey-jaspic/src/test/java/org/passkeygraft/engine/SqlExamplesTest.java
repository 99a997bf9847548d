package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.accounts.SqlAccounts;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.passkeygraft.store.TestDatabase;

/** Runs the SQL that the documents give as examples: an account that the application locked is locked for us too (T-37). */
final class SqlExamplesTest {
    private static final Pattern FENCED =
            Pattern.compile("^ *```[a-z]*\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^\\| `(passkey\\.accounts\\.sql\\.[a-z-]+)` .* \\| `([^`]+)` \\|$", Pattern.MULTILINE);
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";

    private final JdbcDataSource dataSource = new JdbcDataSource();

    /** Tables as the examples suppose them. */
    @BeforeEach
    void createTables() throws SQLException {
        dataSource.setURL(TestDatabase.H2.fresh().url());
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("users", "app_user")) {
                statement.execute("create table " + table
                        + " (id bigint, login varchar(20), password_hash varchar(99), enabled boolean)");
                statement.execute("insert into " + table + " values (1, 'alice', '" + HASH + "', true), (2, 'bob', '"
                        + HASH + "', false)");
            }
            for (String table : List.of("user_roles", "app_user_role")) {
                statement.execute("create table " + table + " (user_id bigint, login varchar(20), role varchar(20))");
                statement.execute("insert into " + table + " values (1, 'alice', 'user'), (2, 'bob', 'user')");
            }
        }
    }

    static Stream<Example> examples() throws IOException {
        List<Path> documents;
        try (Stream<Path> files = Files.list(Path.of("../docs"))) {
            documents = Stream.concat(files, Stream.of(Path.of("../README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
        return documents.stream().flatMap(SqlExamplesTest::examplesIn);
    }

    private static Stream<Example> examplesIn(Path document) {
        String text = read(document);
        Stream<String> blocks = FENCED.matcher(text).results().map(block -> block.group(1));
        String table = ROW.matcher(text).results().map(SqlExamplesTest::setting).reduce("", String::concat);
        return Stream.concat(blocks, Stream.of(table))
                .map(SqlExamplesTest::properties)
                .filter(block -> block.containsKey(Queries.BY_NAME))
                .map(block -> new Example(document, block));
    }

    private static String setting(MatchResult row) {
        return row.group(1) + "=" + row.group(2) + "\n";
    }

    private static Properties properties(String text) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            return properties;
        } catch (IOException | IllegalArgumentException noProperties) {
            return new Properties();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void everyDocumentWithQueriesIsRead() throws IOException {
        assertThat(examples().map(Example::toString))
                .contains("README.md", "module-door.md", "configuration.md")
                .filteredOn("configuration.md"::equals)
                .as("sample file and key table")
                .hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void t37_anExampleOfTheDocumentsKnowsLockedAccounts(Example example) {
        try (AuditLines log = new AuditLines("org.passkeygraft.accounts")) {
            SqlAccounts accounts = SqlAccounts.of(dataSource, example.sql());

            assertThat(usable(accounts, "alice")).contains(true);
            assertThat(usable(accounts, "bob")).contains(false);
            assertThat(accounts.verify("alice", "admin".toCharArray())).isPresent();
            assertThat(accounts.find(accounts.resolve("alice").orElseThrow().key()))
                    .hasValueSatisfying(entry -> assertThat(entry.groups()).containsExactly("user"));
            assertThat(log.all()).isEmpty();
        }
    }

    private static Optional<Boolean> usable(SqlAccounts accounts, String name) {
        return accounts.resolve(name)
                .flatMap(account -> accounts.find(account.key()))
                .map(entry -> entry.usable());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "login as account_name, password_hash                               | -",
                "login as account_name, password_hash, id as account_key            | login as account_name, id as account_key",
                "login as account_name, password_hash, id as account_key, enabled as usable | login as account_name, id as account_key"
            })
    void t37_aQueryWithoutUsableIsToldAtTheStart(String byName, @Nullable String byKey) {
        try (AuditLines log = new AuditLines("org.passkeygraft.accounts")) {
            SqlAccounts.of(dataSource, sql(byName, byKey));

            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains(byKey == null ? Queries.BY_NAME : Queries.BY_KEY, "column usable", "1 as usable");
        }
    }

    @Test
    void aTableWithoutLocksSaysSoByAConstant() {
        try (AuditLines log = new AuditLines("org.passkeygraft.accounts")) {
            SqlAccounts accounts =
                    SqlAccounts.of(dataSource, sql("login as account_name, password_hash, 1 as usable", null));

            assertThat(usable(accounts, "bob")).contains(true);
            assertThat(log.all()).isEmpty();
        }
    }

    private static Accounts.Sql sql(String byName, @Nullable String byKey) {
        return new Accounts.Sql(
                TestDatabase.H2.fresh(),
                new Queries(
                        "select " + byName + " from users where login = :name",
                        byKey == null ? null : "select " + byKey + " from users where id = cast(:key as bigint)",
                        "select role from user_roles where login = :name"),
                "auto",
                1);
    }

    record Example(Path document, Properties settings) {
        Accounts.Sql sql() {
            return new Accounts.Sql(
                    TestDatabase.H2.fresh(),
                    new Queries(
                            Objects.requireNonNull(settings.getProperty(Queries.BY_NAME)),
                            settings.getProperty(Queries.BY_KEY),
                            Objects.requireNonNull(settings.getProperty(Queries.GROUPS))),
                    "auto",
                    1);
        }

        @Override
        public String toString() {
            return Objects.toString(document.getFileName());
        }
    }
}
