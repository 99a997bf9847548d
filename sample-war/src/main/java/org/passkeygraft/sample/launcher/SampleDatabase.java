package org.passkeygraft.sample.launcher;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** The database of the application: a pool, the application's tables, and somebody in them. */
final class SampleDatabase implements AutoCloseable {
    private static final int BCRYPT_COST = 10;
    private static final int MOST_CONNECTIONS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BasicDataSource pool;

    private SampleDatabase(BasicDataSource pool) {
        this.pool = pool;
    }

    /** Opens the database and gives it what is missing of tables, demo users and {@code users} more. */
    static SampleDatabase open(String url, Path schema, int users) throws SQLException, IOException {
        SampleDatabase database = new SampleDatabase(pool(url));
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            create(connection, Files.readString(schema));
            for (DemoUser user : DemoUser.ALL) {
                add(connection, user);
            }
            if (users > 0) {
                addNumbered(connection, users);
            }
            connection.commit();
            return database;
        } catch (SQLException | IOException e) {
            database.close();
            throw e;
        }
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        try {
            pool.close();
        } catch (SQLException e) {
            System.err.println("The database did not close cleanly: " + e.getMessage());
        }
    }

    /** A pool that rolls back and resets what a borrower leaves behind. */
    private static BasicDataSource pool(String url) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        if (url.startsWith("jdbc:postgresql:")) {
            pool.setDriverClassName("org.postgresql.Driver");
        } else {
            pool.setDriverClassName("org.h2.Driver");
            if (!url.toUpperCase(Locale.ROOT).contains(";USER=")) {
                pool.setUsername("sa");
                pool.setPassword("");
            }
        }
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(PATIENCE);
        return pool;
    }

    private static void create(Connection connection, String schema) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String command : schema.replaceAll("--.*", "").split(";", -1)) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
        }
    }

    private static void add(Connection connection, DemoUser user) throws SQLException {
        if (exists(connection, user.name())) {
            return;
        }
        update(
                connection,
                "insert into app_user (name, full_name, password_hash, locked) values (?, ?, ?, ?)",
                user.name(),
                user.fullName(),
                hash(user.password()),
                user.locked());
        for (String role : user.roles()) {
            update(
                    connection,
                    "insert into app_user_role (user_id, role) select id, ? from app_user where name = ?",
                    role,
                    user.name());
        }
    }

    /** One hash and two statements for all of them: a hundred thousand users take a second or two. */
    private static void addNumbered(Connection connection, int users) throws SQLException {
        update(connection, """
                insert into app_user (name, full_name, password_hash)
                select 'user' || n, 'User ' || n, cast(? as varchar(100))
                  from generate_series(1, ?) as series(n)
                 where not exists (select 1 from app_user where name = 'user' || n)
                """, hash("password"), users);
        update(connection, """
                insert into app_user_role (user_id, role)
                select id, 'user'
                  from app_user
                 where name like 'user%'
                   and not exists (select 1 from app_user_role where user_id = app_user.id)
                """);
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("select 1 from app_user where name = ?")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object value : List.of(values)) {
                statement.setObject(index++, value);
            }
            statement.executeUpdate();
        }
    }

    private static String hash(String password) {
        return BCrypt.withDefaults().hashToString(BCRYPT_COST, password.toCharArray());
    }
}
