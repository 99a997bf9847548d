package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.accounts.SqlAccounts;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** Blanks that fill up a column are no part of a name, a key or a group, whatever the type of the column. */
final class PaddedColumnsTest {
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";
    private static final char[] PASSWORD = "admin".toCharArray();
    /** As a database compares that ignores blanks at the end, such as MariaDB and SQL Server. */
    private static final String LOOSE = "rtrim(%s) = rtrim(:%s)";

    private static final String EXACT = "%s = :%s";

    @ParameterizedTest
    @EnumSource
    void groupsOfAPaddedColumnAreRead(TestDatabase kind) throws SQLException {
        for (String type : new String[] {"varchar(20)", "char(20)"}) {
            SqlAccounts accounts = open(kind, "varchar(20)", type, EXACT, "alice");

            assertThat(accounts.find("K1").map(CallerDirectory.Entry::groups))
                    .as(type)
                    .contains(Set.of("user", "clerk of court"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAndKeysOfAPaddedColumnAreRead(TestDatabase kind) throws SQLException {
        for (String type : new String[] {"varchar(20)", "char(20)"}) {
            SqlAccounts accounts = open(kind, type, "varchar(20)", LOOSE, "alice     ");
            Account alice = new Account("alice", "K1");

            assertThat(accounts.verify("alice", PASSWORD)).as(type).contains(alice);
            assertThat(accounts.resolve("alice ")).contains(alice);
            assertThat(accounts.find("K1").map(CallerDirectory.Entry::account)).contains(alice);
            assertThat(accounts.hasPassword("K1")).isTrue();
        }
    }

    /** Whoever may register {@code 'alice '} must not become {@code 'alice'}. */
    @ParameterizedTest
    @EnumSource
    void t110_aNameThatDiffersInABlankIsAnotherAccount(TestDatabase kind) throws SQLException {
        SqlAccounts accounts = open(kind, "varchar(20)", "varchar(20)", EXACT, "alice", "alice ");

        assertThat(accounts.verify("alice", PASSWORD)).contains(new Account("alice", "K1"));
        assertThat(accounts.verify("alice ", PASSWORD)).contains(new Account("alice ", "K2"));
        assertThat(accounts.find("K2").map(CallerDirectory.Entry::account)).contains(new Account("alice ", "K2"));
    }

    /** As many accounts as names, with the keys K1, K2 padded like the names. */
    private static SqlAccounts open(TestDatabase kind, String type, String groupType, String equal, String... names)
            throws SQLException {
        Database.Url database = kind.fresh();
        boolean padded = names[0].endsWith(" ");
        try (Connection connection = DriverManager.getConnection(
                        database.url(), database.user(), database.password().text());
                Statement statement = connection.createStatement()) {
            statement.execute("create table account (id " + type + ", login " + type + ", hash varchar(99))");
            statement.execute("create table account_role (id varchar(20), role " + groupType + ")");
            for (int i = 0; i < names.length; i++) {
                String key = "K" + (i + 1);
                statement.execute("insert into account values ('" + key + (padded ? "   " : "") + "', '" + names[i]
                        + "', '" + HASH + "')");
                statement.execute("insert into account_role values ('" + key + "', 'user      '), ('" + key
                        + "', ' clerk of court'), ('" + key + "', ' ')");
            }
        }
        String select =
                "select id as account_key, login as account_name, hash as password_hash, 1 as usable from account where ";
        return SqlAccounts.of(
                dataSource(database),
                new Accounts.Sql(
                        database,
                        new Queries(
                                select + equal.formatted("login", "name"),
                                select + equal.formatted("id", "key"),
                                "select role from account_role where id = :key"),
                        "auto",
                        1));
    }

    private static DataSource dataSource(Database.Url database) {
        if (database.url().startsWith("jdbc:h2:")) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(database.url());
            h2.setUser(Optional.ofNullable(database.user()).orElse(""));
            h2.setPassword(database.password().text());
            return h2;
        }
        PGSimpleDataSource postgresql = new PGSimpleDataSource();
        postgresql.setUrl(database.url());
        postgresql.setUser(database.user());
        postgresql.setPassword(database.password().text());
        return postgresql;
    }
}
