package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.UnavailableException;

/**
 * The audit trail in the database: rows are added and, when they are old, deleted; nothing changes one. Used by any number
 * of threads at once. Every method throws {@link UnavailableException} if the database cannot answer now, and then has
 * changed nothing.
 */
public final class AuditStore {
    private static final int PURGED_AT_ONCE = 10_000;
    private static final int SUFFIX = 10_000;
    private static final long LATEST = 9_999_999_999_999_999L;
    private static final Pattern ID = Pattern.compile("[0-9]{24}");
    /** After every id there is. */
    private static final String END = ":";

    private final PersistenceUnit unit;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Purge purge;
    private final AtomicInteger sequence = new AtomicInteger();

    AuditStore(PersistenceUnit unit, InstantSource clock, SecureRandom random) {
        this.unit = unit;
        this.random = random;
        this.clock = clock;
        this.purge = new Purge(unit, clock, AuditStore::purge);
    }

    /**
     * A new id for something that happened then: events of one microsecond sort as they were asked for here, and those of
     * several servers do not meet.
     */
    public String newId(Instant time) {
        int next = Math.floorMod(sequence.getAndIncrement(), SUFFIX);
        return "%s%04d%04d".formatted(moment(time), next, random.nextInt(SUFFIX));
    }

    private static String moment(Instant time) {
        long seconds = Math.max(0, Math.min(time.getEpochSecond(), LATEST / 1_000_000));
        return "%016d".formatted(Math.min(seconds * 1_000_000 + time.getNano() / 1000, LATEST));
    }

    /**
     * Adds events, all or none, by one statement each.
     *
     * @param kept how long events stay; older ones go on the way, seldom
     */
    public void append(List<AuditRecord> events, Duration kept) {
        unit.write(entities -> {
            events.forEach(event -> entities.persist(new AuditRow(event)));
            return events.size();
        });
        purge.run(clock.instant().minus(kept));
    }

    private static int purge(EntityManager entities, Instant limit) {
        String until = moment(limit);
        // Some of them where there are very many.
        String end = entities.createNamedQuery(AuditRow.OLDEST, String.class)
                .setParameter("until", until)
                .setFirstResult(PURGED_AT_ONCE)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(until);
        return entities.createNamedQuery(AuditRow.PURGE)
                .setParameter("until", end)
                .executeUpdate();
    }

    /** Whether this can be an event's id; whatever comes from outside is asked for only then. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * The newest events that the filter lets through, newest first.
     *
     * @param before the id of the last event of the page before; empty for the first page
     */
    public List<AuditRecord> newest(AuditFilter filter, String before, int most) {
        String until = before.isEmpty() ? end(filter) : least(before, end(filter));
        return unit.read(entities -> {
            TypedQuery<AuditRow> query = entities.createQuery(text(filter), AuditRow.class)
                    .setParameter("from", moment(filter.from()))
                    .setParameter("until", until)
                    .setMaxResults(most);
            wanted(filter).forEach(query::setParameter);
            return query.getResultStream().map(AuditRow::toRecord).toList();
        });
    }

    /** Who logged on last and from where, newest first. */
    public List<AuditRecord> newestLogons(int most) {
        return newest(AuditFilter.ALL.withEvent("LOGON"), "", most);
    }

    /** How many events of a kind there were, up to and without the last moment. */
    public long count(String event, Instant from, Instant until) {
        return unit.read(entities -> entities.createNamedQuery(AuditRow.COUNT, Long.class)
                .setParameter("event", event)
                .setParameter("from", moment(from))
                .setParameter("until", moment(until))
                .getSingleResult());
    }

    /** How many events of a kind there were since, by method. */
    public Map<String, Long> countByMethod(String event, Instant since) {
        return countBy(AuditRow.COUNT_BY_METHOD, event, since);
    }

    /** How many events of a kind there were since, by reason. */
    public Map<String, Long> countByReason(String event, Instant since) {
        return countBy(AuditRow.COUNT_BY_REASON, event, since);
    }

    private Map<String, Long> countBy(String query, String event, Instant since) {
        Map<String, Long> counts = new LinkedHashMap<>();
        unit.read(entities -> Queries.readOnly(entities, Object[].class, query)
                        .setParameter("event", event)
                        .setParameter("from", moment(since))
                        .setParameter("until", END)
                        .getResultList())
                .forEach(row -> counts.put((String) row[0], ((Number) row[1]).longValue()));
        return counts;
    }

    private static String end(AuditFilter filter) {
        return filter.until().equals(Instant.MAX) ? END : moment(filter.until());
    }

    private static String least(String one, String another) {
        return one.compareTo(another) < 0 ? one : another;
    }

    /** Of constant texts only: a condition that is not asked for would keep the database from its index. */
    private static String text(AuditFilter filter) {
        StringBuilder text = new StringBuilder("select a from AuditRow a where a.id >= :from and a.id < :until");
        wanted(filter).keySet().forEach(name -> text.append(" and a." + name + " = :" + name));
        return text.append(" order by a.id desc").toString();
    }

    private static Map<String, String> wanted(AuditFilter filter) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("account", filter.account());
        wanted.put("event", filter.event());
        wanted.put("reason", filter.reason());
        wanted.values().removeIf(String::isEmpty);
        return wanted;
    }
}
