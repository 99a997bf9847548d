package org.passkeygraft.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Looks at the tables as a person with a SQL prompt does. */
record Rows(DataSource dataSource) {
    static Rows of(PasskeyStore store) {
        return new Rows(store.dataSource());
    }

    long count(String fromAndWhere) throws SQLException {
        return Long.parseLong(text("select count(*) from " + fromAndWhere));
    }

    String text(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
