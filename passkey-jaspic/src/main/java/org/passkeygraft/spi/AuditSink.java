package org.passkeygraft.spi;

/** Takes audit events. Called by many threads at once; must return quickly and must not throw. */
@FunctionalInterface
public interface AuditSink {
    void record(AuditEvent event);
}
