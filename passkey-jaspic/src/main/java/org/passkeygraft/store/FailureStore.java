package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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
     * Counts failures, in one transaction of a statement each. Waits for others who count in the same moment.
     *
     * @return false, and nothing counted, if what was seen is not true any more: then look again
     */
    public boolean count(Collection<FailureCount> counts) {
        boolean counted = unit.writeUnlessContended(
                // Everybody in the same order: nobody waits for somebody who waits for them.
                entities -> counts.stream().sorted(ORDER).allMatch(one -> count(entities, one)));
        purge.run(clock.instant());
        return counted;
    }

    private static boolean count(EntityManager entities, FailureCount count) {
        Failures before = count.before();
        if (before == null) {
            return Queries.insert(entities, new FailureRow(count.after()));
        }
        return (count.startsAnew() || count.isAtLimit())
                ? replace(entities, before, count)
                : add(entities, before, count);
    }

    private static boolean replace(EntityManager entities, Failures before, FailureCount count) {
        String query = count.startsAnew() ? FailureRow.COUNT_ANEW : FailureRow.COUNT_AT_LIMIT;
        return counting(entities, query, count)
                        .setParameter("failures", count.after().count())
                        .setParameter("seen", before.count())
                        .setParameter("seenExpiry", before.expiresAt())
                        .executeUpdate()
                == 1;
    }

    private static boolean add(EntityManager entities, Failures before, FailureCount count) {
        return counting(entities, FailureRow.COUNT_BELOW_LIMIT, count)
                        .setParameter("last", count.limit() - 1)
                        .setParameter("seenExpiry", before.expiresAt())
                        .setParameter("latestExpiry", count.latestExpiry())
                        .executeUpdate()
                == 1;
    }

    private static Query counting(EntityManager entities, String query, FailureCount count) {
        return entities.createNamedQuery(query)
                .setParameter("id", count.after().id())
                .setParameter("opensAt", count.after().opensAt())
                .setParameter("expiresAt", count.after().expiresAt());
    }

    /** Notes, in one transaction, that what was let through has really failed. */
    public void confirm(Collection<FailureCount> counts) {
        decide(counts, FailureStore::confirm);
    }

    /** Undoes counts, in one transaction: what was let through has not failed. */
    public void takeBack(Collection<FailureCount> counts) {
        decide(counts, FailureStore::takeBack);
    }

    /** Undoes counts, in one transaction, and notes that what was let through has really failed under one of them. */
    public void confirm(FailureCount confirmed, Collection<FailureCount> takenBack) {
        List<FailureCount> all = new ArrayList<>(takenBack);
        all.add(confirmed);
        decide(all, (entities, one) -> {
            if (one.equals(confirmed)) {
                confirm(entities, one);
            } else {
                takeBack(entities, one);
            }
        });
    }

    /** Undoes counts, in one transaction, and forgets what else has failed under some of them. */
    public void forgive(Collection<FailureCount> forgiven, Collection<FailureCount> takenBack) {
        List<FailureCount> all = new ArrayList<>(takenBack);
        all.addAll(forgiven);
        decide(all, (entities, one) -> {
            if (forgiven.contains(one)) {
                forget(entities, one);
            } else {
                takeBack(entities, one);
            }
        });
    }

    /** What was counted before the present count began is decided by the end of that one. */
    private void decide(Collection<FailureCount> counts, BiConsumer<EntityManager, FailureCount> decision) {
        Instant now = clock.instant();
        List<FailureCount> current = counts.stream()
                .filter(one -> now.isBefore(one.latestExpiry()))
                .sorted(ORDER)
                .toList();
        if (current.isEmpty()) {
            return;
        }
        unit.writeInSpiteOfOthers(entities -> {
            current.forEach(one -> decision.accept(entities, one));
            return true;
        });
    }

    private static void confirm(EntityManager entities, FailureCount count) {
        update(entities, FailureRow.CONFIRM, count);
    }

    private static void forget(EntityManager entities, FailureCount count) {
        if (!update(entities, FailureRow.FORGIVE, count)) {
            update(entities, FailureRow.FORGIVE_DECIDED, count);
        }
    }

    private static void takeBack(EntityManager entities, FailureCount count) {
        if (!count.isAtLimit() || !open(entities, count)) {
            // Below the limit nobody waits; at it others have failed since, and how long to wait is theirs.
            update(entities, FailureRow.TAKE_BACK, count);
        }
    }

    private static boolean open(EntityManager entities, FailureCount count) {
        return entities.createNamedQuery(FailureRow.TAKE_BACK_AND_OPEN)
                        .setParameter("id", count.after().id())
                        .setParameter("openedAt", count.openedAt())
                        .setParameter("opensAt", count.after().opensAt())
                        .executeUpdate()
                == 1;
    }

    private static boolean update(EntityManager entities, String query, FailureCount count) {
        return entities.createNamedQuery(query)
                        .setParameter("id", count.after().id())
                        .executeUpdate()
                == 1;
    }
}
