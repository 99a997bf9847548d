package org.passkeygraft.accounts;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;

/**
 * One row that stands for an account.
 *
 * @param passwordHash null if the account has no password
 */
record AccountRow(Account account, @Nullable String passwordHash, boolean usable) {
    static final String KEY = "account_key";
    static final String NAME = "account_name";
    static final String PASSWORD_HASH = "password_hash";
    static final String USABLE = "usable";

    private static final Set<String> YES = Set.of("true", "t", "yes", "y", "1");

    /**
     * Reads the row that the cursor is on.
     *
     * @throws IllegalArgumentException if it has no name or key that an account could have
     */
    static AccountRow of(ResultSet row) throws SQLException {
        String name = present(row, NAME);
        String key = column(row, KEY) == 0 ? name : present(row, KEY);
        int hash = column(row, PASSWORD_HASH);
        int usable = column(row, USABLE);
        return new AccountRow(
                new Account(name, key),
                hash == 0 ? null : row.getString(hash),
                usable == 0 || isYes(row.getObject(usable)));
    }

    boolean hasPassword() {
        return passwordHash != null && !passwordHash.isBlank();
    }

    /** Whether name or key end with blanks that may only fill up their column. */
    boolean isPadded() {
        return !account.equals(unpadded().account());
    }

    /** Returns the same row without the blanks at the end of name and key. */
    AccountRow unpadded() {
        Account bare = new Account(account.name().stripTrailing(), account.key().stripTrailing());
        return new AccountRow(bare, passwordHash, usable);
    }

    /** A text as the application stores it, without the blanks that {@code char(n)} fills up with. */
    private static @Nullable String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        int type = row.getMetaData().getColumnType(column);
        return text != null && (type == Types.CHAR || type == Types.NCHAR) ? text.stripTrailing() : text;
    }

    /** The labels, in lower case. */
    static Set<String> columns(@Nullable ResultSetMetaData columns) throws SQLException {
        if (columns == null) {
            throw new SQLException("the statement gives no rows");
        }
        Set<String> labels = new HashSet<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            labels.add(columns.getColumnLabel(column).toLowerCase(Locale.ROOT));
        }
        return labels;
    }

    /** The column's index, 0 if there is none. */
    private static int column(ResultSet row, String label) throws SQLException {
        return columns(row.getMetaData()).contains(label) ? row.findColumn(label) : 0;
    }

    private static String present(ResultSet row, String label) throws SQLException {
        String text = text(row, column(row, label));
        if (text == null) {
            throw new IllegalArgumentException(label + " is null");
        }
        return text;
    }

    private static boolean isYes(@Nullable Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).signum() != 0;
        }
        return value != null && YES.contains(value.toString().strip().toLowerCase(Locale.ROOT));
    }
}
