package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.AuditSink;

/**
 * Counts events since the start, in memory and without a lock. What is counted by comes from enums only, so that nobody can
 * make it grow. Thread-safe.
 */
public final class Metrics implements AuditSink, PasskeysMXBean {
    private static final Set<String> REASONS =
            Arrays.stream(Rejection.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final ConcurrentMap<String, LongAdder> logons = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final ConcurrentMap<AuditEvent.Type, LongAdder> events = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final Histogram waits = new Histogram(0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300);
    private final Histogram answers = new Histogram(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5);

    Metrics() {}

    @Override
    public void record(AuditEvent event) {
        count(events, event.type());
        String reason = event.details().getOrDefault("reason", "");
        if (event.type() == AuditEvent.Type.LOGON) {
            count(logons, event.details().getOrDefault("method", ""));
        }
        if (REASONS.contains(reason)) {
            count(refusals, reason);
        }
    }

    private static <K> void count(ConcurrentMap<K, LongAdder> counters, K key) {
        counters.computeIfAbsent(key, first -> new LongAdder()).increment();
    }

    /** Notes how long the caller took from the options to the answer, and we with the answer. */
    void accepted(Instant begun, Instant now, Duration answering) {
        waits.record(Duration.between(begun, now));
        answers.record(answering);
    }

    void dropped(int number) {
        dropped.add(number);
    }

    @Override
    public Map<String, Long> getLogons() {
        return sums(logons);
    }

    @Override
    public Map<String, Long> getRefusals() {
        return sums(refusals);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counters) {
        Map<String, Long> sums = new TreeMap<>();
        counters.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    @Override
    public long getThrottled() {
        return of(AuditEvent.Type.LOGON_THROTTLED);
    }

    @Override
    public long getPasskeysBound() {
        return of(AuditEvent.Type.PASSKEY_BOUND);
    }

    @Override
    public long getPasskeysDeleted() {
        return of(AuditEvent.Type.PASSKEY_DELETED);
    }

    @Override
    public long getPasskeysRevoked() {
        return of(AuditEvent.Type.PASSKEYS_REVOKED);
    }

    @Override
    public long getCodesSent() {
        return of(AuditEvent.Type.CODE_SENT);
    }

    @Override
    public long getPolicyChanges() {
        return of(AuditEvent.Type.POLICY_CHANGED);
    }

    private long of(AuditEvent.Type type) {
        LongAdder count = events.get(type);
        return count == null ? 0 : count.sum();
    }

    @Override
    public long getEventsDropped() {
        return dropped.sum();
    }

    @Override
    public long getCeremonies() {
        return waits.count();
    }

    @Override
    public double getCeremonySeconds() {
        return waits.seconds();
    }

    @Override
    public double getAnswerSeconds() {
        return answers.seconds();
    }

    /**
     * Everything as text for a scraper.
     *
     * @param open whether as OpenMetrics 1.0, else in Prometheus' text format 0.0.4
     */
    public String text(boolean open) {
        MetricsText text = new MetricsText(open);
        text.counter("passkey_logons", "Logons by method.", "method", getLogons());
        text.counter("passkey_refusals", "Refusals by reason.", "reason", getRefusals());
        text.counter("passkey_throttled", "Logons that had to wait.", getThrottled());
        text.counter("passkey_bound", "Passkeys bound.", getPasskeysBound());
        text.counter("passkey_deleted", "Passkeys deleted by their users.", getPasskeysDeleted());
        text.counter("passkey_revoked", "Revocations by administrators.", getPasskeysRevoked());
        text.counter("passkey_codes_sent", "One-time codes sent.", getCodesSent());
        text.counter("passkey_policy_changes", "Changes of the policy.", getPolicyChanges());
        text.counter("passkey_audit_events_dropped", "Events the audit table did not take.", getEventsDropped());
        text.histogram("passkey_ceremony_seconds", "From the options to the answer of a logon.", waits);
        text.histogram("passkey_answer_seconds", "Time of the server with an answer.", answers);
        return text.end();
    }
}
