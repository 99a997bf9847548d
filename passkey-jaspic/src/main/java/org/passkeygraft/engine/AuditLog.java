package org.passkeygraft.engine;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.AuditSink;

/** Writes every event to the log: one line each, whatever somebody put into a name (T-65). */
final class AuditLog implements AuditSink {
    private static final System.Logger LOG = System.getLogger("org.passkeygraft.audit");

    @Override
    public void record(AuditEvent event) {
        LOG.log(System.Logger.Level.INFO, () -> line(event));
    }

    private static String line(AuditEvent event) {
        return event.type().name()
                + ' '
                + text(Map.of("account", event.account()))
                + ' '
                + text(Map.of("address", event.address()))
                + (event.details().isEmpty() ? "" : ' ' + text(event.details()))
                + ' '
                + text(Map.of("agent", event.userAgent()));
    }

    /** Facts as {@code name="value"} in the order of their names, with a blank between. */
    static String text(Map<String, String> facts) {
        return new TreeMap<>(facts)
                .entrySet().stream()
                        .map(fact -> fact.getKey() + "=\"" + OneLine.of(fact.getValue()) + '"')
                        .collect(Collectors.joining(" "));
    }
}
