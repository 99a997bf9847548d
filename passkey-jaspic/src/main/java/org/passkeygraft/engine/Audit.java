package org.passkeygraft.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.passkeygraft.Client;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.AuditSink;

/** Hands every event to the log and to the sinks an application brought; none of them can stop a logon. */
final class Audit {
    private static final System.Logger LOG = System.getLogger("org.passkeygraft.audit");

    private static final int LONGEST = 255;

    private final InstantSource clock;
    private final List<AuditSink> sinks;

    Audit(InstantSource clock, List<AuditSink> sinks) {
        this.clock = clock;
        this.sinks = List.copyOf(sinks);
    }

    void record(AuditEvent.Type type, String account, Client client, Map<String, String> details) {
        AuditEvent event = new AuditEvent(
                clock.instant(), type, bounded(account), client.address(), bounded(client.userAgent()), details);
        LOG.log(System.Logger.Level.INFO, () -> line(event));
        for (AuditSink sink : sinks) {
            deliver(sink, event);
        }
    }

    /** What somebody typed or sent may be of any length; NUL is what databases do not take. */
    private static String bounded(String text) {
        String bounded = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return bounded.replace('\0', '\ufffd');
    }

    private static void deliver(AuditSink sink, AuditEvent event) {
        try {
            sink.record(event);
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.WARNING, "an audit sink failed", broken);
        }
    }

    private static String line(AuditEvent event) {
        StringBuilder line = new StringBuilder(event.type().name());
        append(line, "account", event.account());
        append(line, "address", event.address());
        new TreeMap<>(event.details()).forEach((name, value) -> append(line, name, value));
        append(line, "agent", event.userAgent());
        return line.toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append("=\"").append(OneLine.of(value)).append('"');
    }
}
