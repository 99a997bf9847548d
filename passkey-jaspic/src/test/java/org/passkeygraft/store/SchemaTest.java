package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Table;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Database;

@ParameterizedClass
@EnumSource
final class SchemaTest {
    private static final List<Class<?>> ROWS = List.of(
            UserRow.class,
            CredentialRow.class,
            SpentCeremonyRow.class,
            SealingKeyRow.class,
            PolicyRow.class,
            RememberedRow.class,
            GrantRow.class,
            FailureRow.class,
            ContactRow.class,
            OneTimeCodeRow.class,
            RecoveryCodeRow.class,
            AuditRow.class);
    private static final Map<Class<?>, Set<Integer>> JDBC_TYPES = Map.of(
            String.class, Set.of(Types.VARCHAR),
            long.class, Set.of(Types.BIGINT),
            int.class, Set.of(Types.INTEGER),
            boolean.class, Set.of(Types.BOOLEAN, Types.BIT),
            Instant.class, Set.of(Types.TIMESTAMP));

    private final TestDatabase kind;
    private final Database.Url database;

    SchemaTest(TestDatabase kind) {
        this.kind = kind;
        this.database = kind.fresh();
    }

    @Test
    void theScriptsAndTheMappingAgreeOnEveryColumn() throws Exception {
        try (PasskeyStore store = Fixture.open(database);
                Connection connection = store.dataSource().getConnection()) {
            for (Class<?> row : ROWS) {
                assertThat(columns(connection.getMetaData(), table(row)))
                        .containsExactlyInAnyOrderElementsOf(mapped(row));
            }
        }
    }

    @Test
    void everyTableIsMappedAndBeginsWithOurName() throws Exception {
        try (PasskeyStore store = Fixture.open(database);
                Connection connection = store.dataSource().getConnection()) {
            Set<String> expected = new TreeSet<>(Migration.TABLES);
            expected.add(Migration.HISTORY);
            assertThat(tables(connection)).containsExactlyElementsOf(expected);
            assertThat(ROWS.stream().map(SchemaTest::table)).containsExactlyInAnyOrderElementsOf(Migration.TABLES);
        }
    }

    @Test
    void everyConstraintHasANameOfOurs() throws Exception {
        try (PasskeyStore store = Fixture.open(database)) {
            assertThat(
                            Rows.of(store)
                                    .count(
                                            "information_schema.table_constraints where lower(table_name) like 'passkey_%'"
                                                    + " and lower(table_name) <> 'passkey_schema_history'"
                                                    + " and lower(constraint_name) not like 'passkey_%' and constraint_name not like '%not_null'"))
                    .isZero();
        }
    }

    @Test
    void theScriptsInTheJarAreThoseInTheFolderForPeople() throws Exception {
        String folder = kind.name().toLowerCase(Locale.ROOT);
        try (Stream<Path> scripts = Files.list(Path.of("..", "sql", folder))) {
            assertThat(scripts.map(script -> script.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migration.SCRIPTS);
        }
        for (String script : Migration.SCRIPTS) {
            assertThat(packed(folder, script)).isEqualTo(Files.readString(Path.of("..", "sql", folder, script)));
        }
    }

    @Test
    void aSecondStartFindsItsTables() {
        try (PasskeyStore first = Fixture.open(database)) {
            PasskeyUser alice = first.users().establish(Fixture.account("alice"));

            try (PasskeyStore second = Fixture.open(database)) {
                assertThat(second.users().byKey(alice.account().key())).contains(alice);
            }
        }
    }

    @Test
    void theTablesFitBesideThoseOfTheApplication() throws Exception {
        OpenedDataSource application = DataSources.open(database, "application");
        new Rows(application.dataSource()).execute("create table app_user (id integer primary key)");
        application.close().run();

        try (PasskeyStore store = Fixture.open(database)) {
            assertThat(store.policy().current().allowed()).isTrue();
        }
    }

    @Test
    void withoutMigrationTheStartSaysWhichScriptToRun() throws Exception {
        PasskeyConfiguration.Store byHand = new PasskeyConfiguration.Store(database, false);
        String folder = kind.name().toLowerCase(Locale.ROOT);

        assertThatThrownBy(() -> open(byHand).close())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("passkey_user")
                .hasMessageContaining("sql/" + folder + "/V1__passkey_tables.sql");

        OpenedDataSource person = DataSources.open(database, "person");
        for (String script : Migration.SCRIPTS) {
            new Rows(person.dataSource()).execute(packed(folder, script));
        }
        person.close().run();
        try (PasskeyStore store = open(byHand)) {
            assertThat(store.policy().current().maximum()).isEqualTo(5);
            assertThat(store.sealingKeys().keys()).hasSize(1);
        }
    }

    private static PasskeyStore open(PasskeyConfiguration.Store configuration) {
        return PasskeyStore.open(configuration, "/app", Fixture.DEFAULTS, Instant::now, Fixture.RANDOM);
    }

    private static String packed(String folder, String script) throws IOException {
        String name = "/org/passkeygraft/sql/" + folder + "/" + script;
        try (InputStream content = Objects.requireNonNull(SchemaTest.class.getResourceAsStream(name), name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What both sides say of a column; the length counts only for text. */
    private record MappedColumn(String name, Set<Integer> jdbcTypes, int length, boolean nullable) {}

    private static String table(Class<?> row) {
        return row.getAnnotation(Table.class).name();
    }

    private static List<MappedColumn> mapped(Class<?> row) {
        return Arrays.stream(row.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Column.class))
                .map(SchemaTest::mapped)
                .toList();
    }

    private static MappedColumn mapped(Field field) {
        Column column = field.getAnnotation(Column.class);
        int length = field.getType() == String.class ? column.length() : 0;
        return new MappedColumn(
                column.name(), Objects.requireNonNull(JDBC_TYPES.get(field.getType())), length, column.nullable());
    }

    private static List<MappedColumn> columns(DatabaseMetaData metaData, String table) throws SQLException {
        String stored = metaData.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        List<MappedColumn> columns = new ArrayList<>();
        try (ResultSet found = metaData.getColumns(null, null, stored, null)) {
            while (found.next()) {
                columns.add(column(found));
            }
        }
        return columns;
    }

    private static MappedColumn column(ResultSet found) throws SQLException {
        int type = found.getInt("DATA_TYPE");
        Set<Integer> types = JDBC_TYPES.values().stream()
                .filter(candidates -> candidates.contains(type))
                .findFirst()
                .orElse(Set.of(type));
        return new MappedColumn(
                found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                types,
                type == Types.VARCHAR ? found.getInt("COLUMN_SIZE") : 0,
                found.getInt("NULLABLE") == DatabaseMetaData.columnNullable);
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet found = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), null, new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return tables;
    }
}
