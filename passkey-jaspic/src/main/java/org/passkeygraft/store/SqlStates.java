package org.passkeygraft.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads what the database said out of an exception that libraries wrapped. */
final class SqlStates {
    private static final int MAX_DEPTH = 20;

    private SqlStates() {}

    /** Every exception of the database below this one: among its causes, and those chained to them. */
    static Stream<SQLException> of(Throwable failure) {
        List<SQLException> found = new ArrayList<>();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SQLException sql) {
                found.add(sql);
                SQLException next = sql.getNextException();
                if (next != null) {
                    found.add(next);
                }
            }
            cause = cause.getCause();
        }
        return found.stream();
    }

    /** True if one of them has such an SQLState. */
    static boolean has(Throwable failure, Predicate<String> state) {
        return of(failure).map(SQLException::getSQLState).anyMatch(found -> found != null && state.test(found));
    }
}
