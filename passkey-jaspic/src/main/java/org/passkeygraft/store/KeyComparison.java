package org.passkeygraft.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/**
 * Refuses a database that takes different keys for equal, which would let one account pass for another (T-121). The
 * database itself is asked, column by column, since the cause may be a column, a domain, a collation or a setting.
 */
final class KeyComparison {
    /**
     * Every text column that a statement compares with a key, or that is part of a unique constraint. Not the audit trail's
     * id, which has digits only.
     */
    static final List<String> COLUMNS = List.of(
            "passkey_user.handle",
            "passkey_user.account_key",
            "passkey_user.account_name",
            "passkey_user.holds_name",
            "passkey_credential.id",
            "passkey_credential.owner_handle",
            "passkey_credential.name_key",
            "passkey_spent_ceremony.id",
            "passkey_sealing_key.id",
            "passkey_remembered_account.account_key",
            "passkey_grant.id",
            "passkey_grant.kind",
            "passkey_grant.account_key",
            "passkey_throttle.id",
            "passkey_contact.owner_handle",
            "passkey_one_time_code.id",
            "passkey_one_time_code.holder",
            "passkey_one_time_code.digest",
            "passkey_recovery_code.digest",
            "passkey_recovery_code.owner_handle");

    private static final String TEXT = "a";
    /** Another case, another accent, and a blank at the end. */
    private static final List<String> OTHERS = List.of("A", "\u00e1", "a ");

    private final DataSource dataSource;

    KeyComparison(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Asks the database once for each column; the tables must exist.
     *
     * @param configured names the database in the message
     * @param description of the database, without a password
     * @throws ConfigurationException if a column compares loosely
     * @throws UnavailableException if the database cannot be asked
     */
    void require(Database configured, String description) {
        try (Connection connection = dataSource.getConnection()) {
            for (String column : COLUMNS) {
                int equal = equalText(connection, column);
                if (equal > 0) {
                    throw refused(configured, description, column, OTHERS.get(equal - 1));
                }
            }
        } catch (SQLException failure) {
            throw new UnavailableException("the database of the store cannot be asked how it compares text", failure);
        }
    }

    /** The number of the first text that the column takes for {@link #TEXT}, 0 for none. Reads no row. */
    private static int equalText(Connection connection, String column) throws SQLException {
        int dot = column.indexOf('.');
        String value = "coalesce((select " + column.substring(dot + 1) + " from " + column.substring(0, dot)
                + " where 1 = 0), ?)";
        StringBuilder sql = new StringBuilder("select case");
        for (int number = 1; number <= OTHERS.size(); number++) {
            sql.append(" when ").append(value).append(" = ? then ").append(number);
        }
        try (PreparedStatement statement =
                connection.prepareStatement(sql.append(" else 0 end").toString())) {
            for (int index = 0; index < OTHERS.size(); index++) {
                statement.setString(2 * index + 1, TEXT);
                statement.setString(2 * index + 2, OTHERS.get(index));
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getInt(1) : 0;
            }
        }
    }

    private static ConfigurationException refused(
            Database configured, String description, String column, String other) {
        String remedy = "there the column " + column + " takes \"" + TEXT + "\" and \"" + other
                + "\" for the same text, so that one account could pass for another: choose a database whose text columns"
                + " compare exactly, or change the column (docs/database.md)";
        return RefusedDatabase.because(configured, description, remedy);
    }
}
