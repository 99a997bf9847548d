package org.passkeygraft.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * Throws away every connection of a pool as soon as one of them shows that its server no longer serves: it became
 * read-only after a failover, or it stops. New connections reach the server that took over; the old ones would fail, one
 * by one, until their lifetime of 30 minutes ends. For any thread.
 *
 * <p>A single broken connection (class 08) is the pool's own business: it throws that one away, and tests the others
 * before it gives them out.
 */
final class LostServer implements SQLExceptionOverride {
    /** The standard's read_only_sql_transaction; PostgreSQL's admin_shutdown, crash_shutdown and cannot_connect_now. */
    private static final Set<String> STATES = Set.of("25006", "57P01", "57P02", "57P03");

    /** The same by drivers that have only their own numbers for it, by the beginning of the URL. */
    private static final Map<String, Set<Integer>> CODES = Map.of(
            // Read-only by option, by transaction, by mode; shutdown in progress; connection killed.
            "jdbc:mariadb:", Set.of(1290, 1792, 1836, 1053, 1927),
            "jdbc:mysql:", Set.of(1290, 1792, 1836, 1053, 1927),
            // Open for reading only; not logged on; starting or stopping; shut down; end of communication; lost
            // contact;
            // connection closed.
            "jdbc:oracle:", Set.of(16000, 1012, 1033, 1034, 1089, 1090, 1092, 3113, 3114, 3135, 17002, 17008, 17410),
            // Database is read-only; not available on this replica; shutdown in progress.
            "jdbc:sqlserver:", Set.of(3906, 976, 978, 6005));

    private final Set<Integer> codes;
    private final Runnable evictAll;

    /**
     * Judges the exceptions of one pool.
     *
     * @param evictAll gives up every connection: those in use when they come back
     */
    LostServer(String url, Runnable evictAll) {
        this.codes = CODES.entrySet().stream()
                .filter(entry -> url.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Set.of());
        this.evictAll = evictAll;
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        if (!isLost(failure)) {
            return Override.CONTINUE_EVICT;
        }
        evictAll.run();
        return Override.MUST_EVICT;
    }

    private boolean isLost(SQLException failure) {
        String state = failure.getSQLState();
        return (state != null && STATES.contains(state)) || codes.contains(failure.getErrorCode());
    }
}
