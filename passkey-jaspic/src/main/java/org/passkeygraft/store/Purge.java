package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntBiFunction;
import org.passkeygraft.UnavailableException;

/**
 * Deletes what has expired: on the way of a request, so that there is no thread to leak, and at most once a minute. A
 * database that does not answer is asked another time. For any thread.
 */
final class Purge {
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(Purge.class.getName());

    private final PersistenceUnit unit;
    private final InstantSource clock;
    private final ToIntBiFunction<EntityManager, Instant> deletion;
    private final AtomicLong last;

    /** @param query deletes what is older than its parameter {@code limit} */
    Purge(PersistenceUnit unit, InstantSource clock, String query) {
        this(
                unit,
                clock,
                (entities, limit) -> entities.createNamedQuery(query)
                        .setParameter("limit", limit)
                        .executeUpdate());
    }

    /** @param deletion deletes what is older than the given time, or some of it, in a transaction of its own */
    Purge(PersistenceUnit unit, InstantSource clock, ToIntBiFunction<EntityManager, Instant> deletion) {
        this.unit = unit;
        this.clock = clock;
        this.deletion = deletion;
        this.last = new AtomicLong(clock.millis());
    }

    void run(Instant limit) {
        long now = clock.millis();
        long before = last.get();
        if (now - before < BETWEEN.toMillis() || !last.compareAndSet(before, now)) {
            return;
        }
        try {
            unit.write(entities -> deletion.applyAsInt(entities, limit));
        } catch (UnavailableException notNow) {
            LOG.log(System.Logger.Level.DEBUG, "what has expired is deleted another time", notNow);
        }
    }
}
