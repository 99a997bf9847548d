package org.passkeygraft.sample;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Reads {@code app_user} from the database that the server has under {@code jdbc/sample}. */
final class AccountTable {
    /** One line of the accounts page. */
    public record Row(String name, String fullName, boolean locked) {}

    int count() throws SQLException {
        try (Connection connection = connect();
                var statement = connection.prepareStatement("select count(*) from app_user");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    List<Row> first(int limit) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.prepareStatement(
                        "select name, full_name, locked from app_user order by id fetch first ? rows only")) {
            statement.setInt(1, limit);
            try (var rows = statement.executeQuery()) {
                List<Row> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Row(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                }
                return found;
            }
        }
    }

    @SuppressWarnings("BanJNDI") // the name is no user's input
    private static Connection connect() throws SQLException {
        try {
            return ((DataSource) new InitialContext().lookup("java:comp/env/jdbc/sample")).getConnection();
        } catch (NamingException e) {
            throw new SQLException("the server has no data source jdbc/sample", e);
        }
    }
}
