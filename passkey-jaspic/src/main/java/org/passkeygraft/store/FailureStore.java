package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.passkeygraft.UnavailableException;

/**
 * What failed lately, counted for all servers together. Used by any number of threads at once. Every method throws
 * {@link UnavailableException} if the database cannot answer now, and then has changed nothing.
 */
public final class FailureStore {
    private static final Comparator<FailureCount> ORDER =
            Comparator.comparing(count -> count.after().id());

    private final PersistenceUnit unit;
    private final InstantSource clock;
    private final Purge purge;

    FailureStore(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
        this.purge = new Purge(unit, clock, FailureRow.PURGE);
    }

    /** What stands under these counters, by id and by one statement; nothing for those that never failed lately. */
    public Map<String, Failures> of(Collection<String> ids) {
        return unit.read(entities -> Queries.readOnly(entities, FailureRow.class, FailureRow.OF)
                .setParameter("ids", ids)
                .getResultStream()
                .map(FailureRow::toFailures)
                .collect(Collectors.toMap(Failures::id, Function.identity())));
    }

    /**
     * Counts failures, in one transaction of a statement each.
     *
     * @return false, and nothing counted, if somebody counted meanwhile: then look again
     */
    public boolean count(Collection<FailureCount> counts) {
        // Everybody in the same order: nobody waits for somebody who waits for them.
        boolean counted = unit.writeIf(entities -> counts.stream().sorted(ORDER).allMatch(one -> count(entities, one)));
        purge.run(clock.instant());
        return counted;
    }

    private static boolean count(EntityManager entities, FailureCount count) {
        Failures before = count.before();
        return before == null
                ? Queries.insert(entities, new FailureRow(count.after()))
                : replace(entities, before, count.after());
    }

    private static boolean replace(EntityManager entities, Failures before, Failures after) {
        return entities.createNamedQuery(FailureRow.COUNT)
                        .setParameter("id", after.id())
                        .setParameter("failures", after.count())
                        .setParameter("opensAt", after.opensAt())
                        .setParameter("expiresAt", after.expiresAt())
                        .setParameter("seen", before.count())
                        .setParameter("seenExpiry", before.expiresAt())
                        .executeUpdate()
                == 1;
    }

    /** Undoes counts, in one transaction: what was let through has not failed. */
    public void takeBack(Collection<FailureCount> counts) {
        unit.write(entities -> takeBack(entities, counts));
    }

    /** The same, and forgets one counter altogether. */
    public void forgive(FailureCount forgiven, Collection<FailureCount> takenBack) {
        unit.write(entities -> {
            // In the one order that everybody takes the rows in.
            Stream.concat(Stream.of(forgiven), takenBack.stream()).sorted(ORDER).forEach(one -> {
                if (one.equals(forgiven)) {
                    forget(entities, one);
                } else {
                    takeBack(entities, one);
                }
            });
            return true;
        });
    }

    private static void forget(EntityManager entities, FailureCount count) {
        entities.createNamedQuery(FailureRow.FORGIVE)
                .setParameter("id", count.after().id())
                .executeUpdate();
    }

    private static boolean takeBack(EntityManager entities, Collection<FailureCount> counts) {
        counts.stream().sorted(ORDER).forEach(one -> takeBack(entities, one));
        return true;
    }

    private static void takeBack(EntityManager entities, FailureCount count) {
        int opened = entities.createNamedQuery(FailureRow.TAKE_BACK_AND_OPEN)
                .setParameter("id", count.after().id())
                .setParameter("openedAt", count.openedAt())
                .setParameter("opensAt", count.after().opensAt())
                .executeUpdate();
        if (opened == 0) {
            // Others have failed since: how long to wait is theirs.
            entities.createNamedQuery(FailureRow.TAKE_BACK)
                    .setParameter("id", count.after().id())
                    .executeUpdate();
        }
    }
}
