package org.passkeygraft.engine;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.AuditSink;
import org.passkeygraft.store.AuditStore;

/**
 * Keeps events in the database. What cost no statement until here waits in memory for the next event that did, so that
 * nobody can make the database work by sending nonsense; at the latest it is written when somebody looks, or at the end.
 * It waits apart from what waits for a database in trouble, and gives way to other addresses, so that nonsense pushes nothing
 * else out.
 * After a failure the database is left alone for half a minute, so that a table somebody locked delays one logon and not
 * all. What keeps failing is given up, so that one event that a database cannot spell does not hold up all others.
 * Thread-safe.
 */
final class AuditTable implements AuditSink, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditTable.class.getName());
    private static final int MOST_WAITING = 1000;
    private static final int WRITTEN_AT_ONCE = 50;
    private static final Duration REST = Duration.ofSeconds(30);
    private static final int PATIENCE = 3;
    /** Decided by what came with the request alone. */
    private static final Set<String> FREE_OF_STATEMENTS = Set.of(
            Rejection.MALFORMED.name(),
            Rejection.NAME.name(),
            Rejection.FIRST_FACTOR.name(),
            Rejection.CEREMONY_UNKNOWN.name(),
            Rejection.WRONG_TYPE.name(),
            Rejection.WRONG_ORIGIN.name(),
            Rejection.CROSS_ORIGIN.name(),
            Rejection.IN_CLEAR.name(),
            Rejection.WRONG_RELYING_PARTY.name(),
            Rejection.USER_NOT_PRESENT.name(),
            Rejection.USER_NOT_VERIFIED.name(),
            Rejection.USER_HANDLE.name(),
            Rejection.BACKUP_FLAGS.name());

    private final AuditStore store;
    private final InstantSource clock;
    private final Duration kept;
    private final IntConsumer dropping;
    /** What cost no statement. */
    private final Deque<AuditRecord> free = new ArrayDeque<>();
    /** What the database would have got at once. */
    private final Deque<AuditRecord> delayed = new ArrayDeque<>();

    private Instant restsUntil = Instant.MIN;
    private int failures;
    private int dropped;

    /** @param dropping is told how many events found no room */
    AuditTable(AuditStore store, InstantSource clock, Duration kept, IntConsumer dropping) {
        this.store = store;
        this.clock = clock;
        this.kept = kept;
        this.dropping = dropping;
    }

    @Override
    public void record(AuditEvent event) {
        Waiting waiting = new Waiting(row(event), isFree(event));
        if (waiting.free() || isResting()) {
            keep(waiting);
        } else {
            write(waiting);
        }
    }

    /** @param free whether it cost no statement */
    private record Waiting(AuditRecord row, boolean free) {}

    private static boolean isFree(AuditEvent event) {
        return switch (event.type()) {
            case REQUEST_REFUSED, LOGON_THROTTLED -> true;
            default -> FREE_OF_STATEMENTS.contains(event.details().getOrDefault("reason", ""));
        };
    }

    private synchronized boolean isResting() {
        return clock.instant().isBefore(restsUntil);
    }

    private synchronized void keep(Waiting waiting) {
        Deque<AuditRecord> queue = waiting.free() ? free : delayed;
        if (queue.size() < MOST_WAITING) {
            queue.addLast(waiting.row());
            return;
        }
        drop(1);
        if (waiting.free()) {
            oldestOfBusiest(waiting.row().address()).ifPresent(other -> {
                free.remove(other);
                free.addLast(waiting.row());
            });
        }
    }

    /** Finds the event that gives way to one from this address; none if no other address has more events here. */
    private Optional<AuditRecord> oldestOfBusiest(String address) {
        Map<String, Long> counts = free.stream().collect(groupingBy(AuditRecord::address, counting()));
        long own = counts.getOrDefault(address, 0L);
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(busiest -> busiest.getValue() > own + 1)
                .flatMap(busiest -> free.stream()
                        .filter(row -> row.address().equals(busiest.getKey()))
                        .findFirst());
    }

    private void write(Waiting waiting) {
        List<Waiting> rows = portion();
        rows.add(waiting);
        write(rows);
    }

    /** Some of those that have waited longest, and how many found no room to wait. */
    private synchronized List<Waiting> portion() {
        List<Waiting> rows = new ArrayList<>();
        while (!delayed.isEmpty() && rows.size() < WRITTEN_AT_ONCE) {
            rows.add(new Waiting(delayed.removeFirst(), false));
        }
        while (!free.isEmpty() && rows.size() < WRITTEN_AT_ONCE) {
            rows.add(new Waiting(free.removeFirst(), true));
        }
        if (dropped > 0) {
            Map<String, String> count = Map.of("count", Integer.toString(dropped));
            AuditEvent event = new AuditEvent(clock.instant(), AuditEvent.Type.EVENTS_DROPPED, "", "", "", count);
            rows.add(new Waiting(row(event), false));
            dropped = 0;
        }
        return rows;
    }

    private boolean write(List<Waiting> rows) {
        try {
            store.append(rows.stream().map(Waiting::row).toList(), kept);
            succeeded();
            return true;
        } catch (UnavailableException failure) {
            LOG.log(System.Logger.Level.WARNING, "audit events wait in memory: the table does not take them", failure);
            failed(rows);
            return false;
        }
    }

    private synchronized void succeeded() {
        failures = 0;
    }

    private synchronized void failed(List<Waiting> rows) {
        restsUntil = clock.instant().plus(REST);
        failures++;
        if (failures < PATIENCE) {
            rows.forEach(this::keep);
        } else {
            failures = 0;
            drop(rows.size());
        }
    }

    private void drop(int number) {
        dropped += number;
        dropping.accept(number);
    }

    /** Writes whatever waits, as far as the database takes it. */
    void flush() {
        List<Waiting> rows = portion();
        while (!rows.isEmpty() && write(rows)) {
            rows = portion();
        }
    }

    /** The database is open until later. */
    @Override
    public void close() {
        flush();
    }

    private AuditRecord row(AuditEvent event) {
        Map<String, String> rest = new TreeMap<>(event.details());
        return new AuditRecord(
                store.newId(event.time()),
                event.time(),
                event.type().name(),
                event.account(),
                taken(rest, "key"),
                taken(rest, "method"),
                taken(rest, "reason"),
                taken(rest, "passkey"),
                event.address(),
                event.userAgent(),
                AuditLog.text(rest));
    }

    private static String taken(Map<String, String> details, String name) {
        String value = details.remove(name);
        return value == null ? "" : value;
    }
}
