package org.passkeygraft.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.passkeygraft.UnavailableException;

/** The ceremonies that were answered, each as long as a clock somewhere might still take it for open. */
final class SpentCeremonies {
    /** Beyond expiry, because the servers' clocks may differ. */
    private static final Duration KEPT = Duration.ofHours(24);

    private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(SpentCeremonies.class.getName());

    private final PersistenceUnit unit;
    private final InstantSource clock;
    private final AtomicLong lastPurge;

    SpentCeremonies(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
        this.lastPurge = new AtomicLong(clock.millis());
    }

    boolean spend(SpentCeremony spent) {
        return unit.writeUnlessTaken(entities -> Queries.insert(entities, new SpentCeremonyRow(spent)))
                .isPresent();
    }

    /** Deletes what is long over: on the way of a request, so that there is no thread to leak, and seldom. */
    void purge() {
        Instant now = clock.instant();
        long last = lastPurge.get();
        if (now.toEpochMilli() - last < BETWEEN_PURGES.toMillis()
                || !lastPurge.compareAndSet(last, now.toEpochMilli())) {
            return;
        }
        try {
            unit.write(entities -> entities.createNamedQuery(SpentCeremonyRow.PURGE)
                    .setParameter("limit", now.minus(KEPT))
                    .executeUpdate());
        } catch (UnavailableException notNow) {
            LOG.log(System.Logger.Level.DEBUG, "spent ceremonies are purged another time", notNow);
        }
    }
}
