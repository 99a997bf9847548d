package org.passkeygraft.store;

import java.sql.SQLException;
import java.util.List;

/** Changes columns, as somebody with a SQL prompt could, so that they take {@code root} and {@code ROOT} for equal. */
public final class LooseColumns {
    private static final List<String> ACCOUNT_KEYS =
            List.of("passkey_user", "passkey_remembered_account", "passkey_grant");

    private LooseColumns() {}

    /** Makes the columns of a new store loose, while it is open. */
    public static void in(PasskeyStore store, TestDatabase kind) {
        Rows rows = Rows.of(store);
        try {
            if (kind == TestDatabase.POSTGRESQL) {
                rows.execute(
                        "create collation loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
            }
            for (String table : ACCOUNT_KEYS) {
                loosen(rows, kind, table, "account_key");
            }
            rows.execute("alter table passkey_user drop constraint passkey_user_holds_name_uq");
            rows.execute("alter table passkey_user drop column holds_name");
            loosen(rows, kind, "passkey_user", "account_name");
            rows.execute("alter table passkey_user add column holds_name " + type(kind)
                    + " generated always as (case when quarantined then null else account_name end)"
                    + (kind == TestDatabase.POSTGRESQL ? " stored" : ""));
            rows.execute("alter table passkey_user add constraint passkey_user_holds_name_uq unique (holds_name)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void loosen(Rows rows, TestDatabase kind, String table, String column) throws SQLException {
        rows.execute("alter table " + table + " alter column " + column
                + (kind == TestDatabase.POSTGRESQL ? " type " : " set data type ") + type(kind));
    }

    private static String type(TestDatabase kind) {
        return kind == TestDatabase.POSTGRESQL ? "varchar(255) collate loose" : "varchar_ignorecase(255)";
    }
}
