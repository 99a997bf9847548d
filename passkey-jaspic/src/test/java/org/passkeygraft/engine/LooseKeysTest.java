package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.accounts.SqlAccounts;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.passkeygraft.store.TestDatabase;

/** T-110: an account table that compares keys loosely gives no account to who has a similar key. */
final class LooseKeysTest {
    private static final String COLUMNS =
            "select id as account_key, name as account_name, hash as password_hash, true as usable";

    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void create() throws Exception {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table app_user (id varchar_ignorecase(9), name varchar_ignorecase(99), hash varchar(99))");
            statement.execute("insert into app_user values ('A1', 'Heir', '')");
        }
    }

    @ParameterizedTest
    @CsvSource({"A1, true", "a1, false"})
    void t110_anHeirUnderASimilarKeyIsAnotherAccount(String key, boolean found) {
        SqlAccounts accounts = accounts(COLUMNS, COLUMNS + " from app_user where id = :key");

        assertThat(accounts.find(key).isPresent()).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heir", "HEIR"})
    void t110_aSimilarNameIsNoKeyWhereTheNameIsTheKey(String name) {
        SqlAccounts accounts = accounts("select name as account_name, hash as password_hash, true as usable", null);

        assertThat(accounts.find("Heir")).isPresent();
        assertThat(accounts.find(name)).isEmpty();
    }

    private SqlAccounts accounts(String columns, @Nullable String byKey) {
        return SqlAccounts.of(
                database,
                new Accounts.Sql(
                        TestDatabase.H2.fresh(),
                        new Queries(
                                columns + " from app_user where name = :name",
                                byKey,
                                "select name from app_user where name = :name"),
                        "auto",
                        1));
    }
}
