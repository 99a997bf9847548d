package org.passkeygraft.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.AuditSink;

/**
 * The one door to the audit trail: hands every event to the log, to the table, and to what an application brought. None of
 * them can stop a logon. Thread-safe.
 */
final class Audit {
    private static final System.Logger LOG = System.getLogger(Audit.class.getName());
    private static final int LONGEST = 255;

    private final InstantSource clock;
    private final List<AuditSink> sinks;
    private final OncePerMinute failuresTold;
    private final RepeatedRefusals refusals;

    Audit(InstantSource clock, List<AuditSink> sinks) {
        this.clock = clock;
        this.sinks = List.copyOf(sinks);
        this.failuresTold = new OncePerMinute(clock);
        this.refusals = new RepeatedRefusals(clock);
    }

    void record(AuditEvent.Type type, Account account, Client client, Map<String, String> details) {
        Map<String, String> all = new TreeMap<>(details);
        all.putIfAbsent("key", account.key());
        record(type, account.name(), client, all);
    }

    /**
     * Records a change, or a look, that was refused to a caller who is logged on (T-127); what is repeated only so often.
     *
     * @param action what was asked for, as {@code action} in the details
     */
    void refused(
            AuditEvent.Type type, ProvenCaller caller, String action, Rejection reason, Map<String, String> details) {
        OptionalInt omitted =
                refusals.count(String.join("\n", caller.account().key(), type.name(), action, reason.name()));
        if (omitted.isEmpty()) {
            return;
        }
        Map<String, String> all = new TreeMap<>(details);
        all.put("action", action);
        all.put("reason", reason.name());
        if (omitted.getAsInt() > 0) {
            all.put("omitted", Integer.toString(omitted.getAsInt()));
        }
        record(type, caller.account(), caller.client(), all);
    }

    /**
     * The same where no account is known.
     *
     * @param typed what somebody typed as their name, empty if nothing
     */
    void record(AuditEvent.Type type, String typed, Client client, Map<String, String> details) {
        AuditEvent event = new AuditEvent(
                clock.instant(), type, bounded(typed), client.address(), bounded(client.userAgent()), details);
        sinks.forEach(sink -> deliver(sink, event));
    }

    /** What somebody typed or sent may be of any length, and hold what databases do not take: NUL, half a character. */
    private static String bounded(String text) {
        StringBuilder bounded = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(codePoint -> isStorable(codePoint) ? codePoint : '\ufffd')
                .takeWhile(codePoint -> bounded.length() + Character.charCount(codePoint) <= LONGEST)
                .forEach(bounded::appendCodePoint);
        return bounded.toString();
    }

    private static boolean isStorable(int codePoint) {
        return codePoint != 0 && !(Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint));
    }

    /** Writes to the table what waits for it. */
    void flush() {
        for (AuditSink sink : sinks) {
            if (sink instanceof AuditTable table) {
                table.flush();
            }
        }
    }

    private void deliver(AuditSink sink, AuditEvent event) {
        try {
            sink.record(event);
        } catch (RuntimeException broken) {
            if (failuresTold.lets(sink.getClass().getName())) {
                LOG.log(System.Logger.Level.WARNING, "an audit sink failed", broken);
            }
        }
    }
}
