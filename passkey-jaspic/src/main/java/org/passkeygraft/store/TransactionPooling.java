package org.passkeygraft.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises a pooler such as PgBouncer that gives each transaction another connection of the server: there a statement
 * that the driver prepared is unknown a moment later, or somebody else has prepared another one under its name.
 */
public final class TransactionPooling {
    /** PostgreSQL: duplicate_prepared_statement, invalid_sql_statement_name. */
    private static final Set<String> STATES = Set.of("42P05", "26000");

    private static final String PROTOCOL_VIOLATION = "08P01";

    private TransactionPooling() {}

    /** Returns the remedy, a sentence for the operator, if the failure comes from such a pooler. */
    public static Optional<String> remedy(Throwable failure) {
        return SqlStates.of(failure)
                .filter(TransactionPooling::isCause)
                .findFirst()
                .map(
                        cause ->
                                "a pooler in transaction mode, such as PgBouncer, stands before PostgreSQL and mixes up"
                                        + " prepared statements (SQLState " + cause.getSQLState()
                                        + "): add prepareThreshold=0 to the URL, as in jdbc:postgresql://db:6432/app?prepareThreshold=0");
    }

    private static boolean isCause(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        // The last: a statement of somebody else, with another number of parameters.
        return STATES.contains(state)
                || (state.equals(PROTOCOL_VIOLATION)
                        && String.valueOf(failure.getMessage()).contains("prepared statement"));
    }
}
