package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.UnavailableException;

/**
 * The keys that seal pending ceremonies, shared by all servers. A copy is kept here; when it is over 10 minutes old, who
 * asks gets it all the same and a thread reads the rows anew. Used by any number of threads at once.
 */
public final class SealingKeyStore implements AutoCloseable {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration SEALS = Duration.ofDays(365);
    /** Long enough for every server to have read a new key before one seals with it. */
    private static final Duration AHEAD = Duration.ofHours(1);
    /** What was sealed last must still open, and an application may rest over the end of the year. */
    private static final Duration OPENS = SEALS.plusDays(35);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 6;
    private static final System.Logger LOG = System.getLogger(SealingKeyStore.class.getName());

    private final PersistenceUnit unit;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile Copy copy;
    private final AtomicReference<@Nullable Thread> reader = new AtomicReference<>();

    private SealingKeyStore(PersistenceUnit unit, InstantSource clock, SecureRandom random) {
        this.unit = unit;
        this.clock = clock;
        this.random = random;
        this.copy = read();
    }

    /** Reads the keys, and makes the first if there is none. */
    static SealingKeyStore open(PersistenceUnit unit, InstantSource clock, SecureRandom random) {
        return new SealingKeyStore(unit, clock, random);
    }

    /** The keys that may still open something, the oldest first, never empty. Never waits for the database. */
    public List<SealingKey> keys() {
        Copy kept = copy;
        if (!kept.isFresh(clock.instant())) {
            readBeside();
        }
        return kept.keys;
    }

    private void readBeside() {
        Thread thread = new Thread(this::renew, "passkey sealing keys");
        thread.setDaemon(true);
        if (reader.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    private void renew() {
        try {
            copy = read();
        } catch (UnavailableException notNow) {
            LOG.log(System.Logger.Level.DEBUG, "the sealing keys are read again another time", notNow);
        } finally {
            reader.set(null);
        }
    }

    /** Reads the keys; makes the next one an hour before it is due, or at once if none opens any more. */
    private Copy read() {
        Instant now = clock.instant();
        List<SealingKeyRow> found = rows();
        if (isNextDue(found, now)) {
            // Empty if another server was quicker: its key is the one.
            unit.writeUnlessTaken(entities -> make(entities, found, now));
            return usable(rows(), now);
        }
        return usable(found, now);
    }

    private static Copy usable(List<SealingKeyRow> rows, Instant now) {
        List<SealingKey> keys = rows.stream()
                .map(SealingKeyRow::toKey)
                .filter(key -> now.isBefore(key.openUntil()))
                .toList();
        return new Copy(keys, now);
    }

    private List<SealingKeyRow> rows() {
        return unit.read(entities -> Queries.readOnly(entities, SealingKeyRow.class, SealingKeyRow.ALL)
                .getResultList());
    }

    private static boolean isNextDue(List<SealingKeyRow> rows, Instant now) {
        return rows.stream()
                .map(SealingKeyRow::toKey)
                .noneMatch(key -> now.isBefore(key.sealFrom().plus(SEALS).minus(AHEAD)));
    }

    private boolean make(EntityManager entities, List<SealingKeyRow> rows, Instant now) {
        int last = rows.stream().mapToInt(SealingKeyRow::generation).max().orElse(0);
        boolean sealsMeanwhile = rows.stream()
                .map(SealingKeyRow::toKey)
                .anyMatch(key -> now.plus(AHEAD).isBefore(key.openUntil()));
        // Without a predecessor it seals at once, also on a server whose clock is behind.
        Instant sealFrom = sealsMeanwhile ? now.plus(AHEAD) : now.minus(AHEAD);
        SealingKey key =
                new SealingKey(random(ID_BYTES).base64url(), random(SECRET_BYTES), sealFrom, sealFrom.plus(OPENS));
        Queries.insert(entities, new SealingKeyRow(last + 1, key));
        entities.createNamedQuery(SealingKeyRow.PURGE).setParameter("now", now).executeUpdate();
        return true;
    }

    private Bytes random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** Waits for a reading that is under way. Not interrupted: that would close an embedded database under others. */
    @Override
    public void close() {
        Thread running = reader.get();
        if (running == null) {
            return;
        }
        try {
            running.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private record Copy(List<SealingKey> keys, Instant readAt) {
        boolean isFresh(Instant now) {
            return !now.isBefore(readAt) && now.isBefore(readAt.plus(FRESH));
        }
    }
}
