package org.passkeygraft.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/**
 * Refuses an H2 that imitates another database in a way that the store cannot work with: Oracle mode keeps empty texts as
 * null; STRICT, Derby and MSSQLServer mode do not know LIMIT.
 */
final class H2Mode {
    /** The modes that a test runs the store in. */
    static final Set<String> SERVING = Set.of("REGULAR", "LEGACY", "DB2", "HSQLDB", "MYSQL", "MARIADB", "POSTGRESQL");

    private static final String UNKNOWN_COLUMN = "42S22";

    private H2Mode() {}

    /**
     * Asks the database once.
     *
     * @param configured names the database in the message
     * @param description of the database, without a password
     * @throws ConfigurationException if it runs in another mode
     * @throws UnavailableException if the database cannot be asked
     */
    static void require(DataSource dataSource, Database configured, String description) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select setting_value from information_schema.settings where setting_name = 'MODE'")) {
            String mode = found.next() ? String.valueOf(found.getString(1)) : "REGULAR";
            if (!SERVING.contains(mode.toUpperCase(Locale.ROOT))) {
                throw RefusedDatabase.because(
                        configured,
                        description,
                        "this H2 runs in the mode " + mode
                                + ", in which the store cannot work: leave MODE out, or write"
                                + " MODE=REGULAR, LEGACY, DB2, HSQLDB, MySQL, MariaDB or PostgreSQL; or give the store a"
                                + " database of its own");
            }
        } catch (SQLException failure) {
            if (UNKNOWN_COLUMN.equals(failure.getSQLState())) {
                throw RefusedDatabase.because(
                        configured,
                        description,
                        "this H2 has the information schema of version 1: leave OLD_INFORMATION_SCHEMA out, or take H2 2.x");
            }
            throw new UnavailableException("the database of the store cannot be asked for its mode", failure);
        }
    }
}
