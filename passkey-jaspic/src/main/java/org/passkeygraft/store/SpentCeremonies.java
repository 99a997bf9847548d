package org.passkeygraft.store;

import java.time.Duration;
import java.time.InstantSource;

/** The ceremonies that were answered, each as long as a clock somewhere might still take it for open. */
final class SpentCeremonies {
    /** Beyond expiry, because the servers' clocks may differ. */
    private static final Duration KEPT = Duration.ofHours(24);

    private final PersistenceUnit unit;
    private final InstantSource clock;
    private final Purge purge;

    SpentCeremonies(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
        this.purge = new Purge(unit, clock, SpentCeremonyRow.PURGE);
    }

    boolean spend(SpentCeremony spent) {
        return unit.writeUnlessTaken(entities -> Queries.insert(entities, new SpentCeremonyRow(spent)))
                .isPresent();
    }

    void purge() {
        purge.run(clock.instant().minus(KEPT));
    }
}
