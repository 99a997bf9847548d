package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.accounts.SqlAccounts;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.postgresql.ds.PGSimpleDataSource;

/** PgBouncer in transaction mode, by what it makes of PostgreSQL. */
final class TransactionPoolingTest {
    private final Database.Url database = TestDatabase.POSTGRESQL.fresh();

    @ParameterizedTest
    @CsvSource({"prepare x as select 1, 42P05", "execute y, 26000"})
    void recognisesThePoolerByItsStatements(String sql, String state) throws Exception {
        OpenedDataSource opened = DataSources.open(database, "test");
        try (Connection connection = opened.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("prepare x as select 1");
            assertThatThrownBy(() -> statement.execute(sql))
                    .satisfies(failure -> assertThat(TransactionPooling.remedy(new IllegalStateException(failure)))
                            .hasValueSatisfying(
                                    remedy -> assertThat(remedy).contains(state).contains("prepareThreshold=0")));
        } finally {
            opened.close().run();
        }
    }

    @Test
    void recognisesNothingElse() {
        assertThat(TransactionPooling.remedy(new SQLException("duplicate key", "23505")))
                .isEmpty();
        assertThat(TransactionPooling.remedy(new SQLException("bad packet", "08P01")))
                .isEmpty();
    }

    @Test
    void blamesThePoolerAndNotTheQueryOfTheOperator() {
        Queries queries = new Queries(
                "select usename as account_name, passwd as password_hash from pg_user where usename = :name",
                null,
                "select usename from pg_user where usename = :name");

        assertThatThrownBy(() ->
                        SqlAccounts.of(new OthersStatements(database), new Accounts.Sql(database, queries, "auto", 1)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("42P05")
                .hasMessageContaining("prepareThreshold=0");
    }

    /** What PostgreSQL takes from SET would stay there for the next client of the pooler. */
    @Test
    void settingsComeWithTheConnectionAndNotBySet() throws Exception {
        OpenedDataSource opened = DataSources.open(database, "test");
        try {
            Rows rows = new Rows(opened.dataSource());
            for (String setting : new String[] {"statement_timeout", "lock_timeout", "default_transaction_isolation"}) {
                assertThat(rows.text("select source from pg_settings where name = '" + setting + "'"))
                        .as(setting)
                        .isEqualTo("client");
            }
            assertThat(rows.text("show statement_timeout")).isEqualTo("10s");
            assertThat(rows.text("show transaction isolation level")).isEqualTo("read committed");
        } finally {
            opened.close().run();
        }
    }

    @Test
    void startsBehindAPoolerThatTakesNoOptions() throws Exception {
        try (PoolerWithoutOptions pooler = PoolerWithoutOptions.before(database)) {
            OpenedDataSource opened = DataSources.open(pooler.database(), "test");
            assertThat(new Rows(opened.dataSource())
                            .text("select count(*) from pg_settings where source = 'session'"
                                    + " and name in ('statement_timeout', 'lock_timeout', 'transaction_isolation')"))
                    .isEqualTo("0");
            opened.close().run();

            assertThat(pooler.refused()).isPositive();
        }
    }

    /** Connections on which somebody else's statements were prepared. */
    @SuppressWarnings("serial") // is never serialized
    private static final class OthersStatements extends PGSimpleDataSource {
        OthersStatements(Database.Url database) {
            setUrl(database.url());
            setUser(database.user());
            setPassword(database.password().text());
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try (Statement statement = connection.createStatement()) {
                for (int number = 1; number < 10; number++) {
                    statement.execute("prepare \"S_" + number + "\" as select 1");
                }
            }
            return connection;
        }
    }
}
