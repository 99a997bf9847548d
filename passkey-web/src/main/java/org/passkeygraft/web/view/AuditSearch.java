package org.passkeygraft.web.view;

/** What stands in the fields of the audit page. Days as {@code 2026-11-27}, the last one included; empty for any. */
public record AuditSearch(String account, String event, String reason, String from, String until) {
    /** Whether nothing is looked for in particular. */
    public boolean isEmpty() {
        return (account + event + reason + from + until).isEmpty();
    }
}
