package org.passkeygraft;

import java.time.Instant;

/**
 * Which events of the audit table are wanted. An empty text stands for any.
 *
 * @param account exactly so
 * @param from the first moment
 * @param until the first moment that is too late
 */
public record AuditFilter(String account, String event, String reason, Instant from, Instant until) {
    /** Every event there is. */
    public static final AuditFilter ALL = new AuditFilter("", "", "", Instant.EPOCH, Instant.MAX);

    public AuditFilter withEvent(String wanted) {
        return new AuditFilter(account, wanted, reason, from, until);
    }

    public AuditFilter since(Instant time) {
        return new AuditFilter(account, event, reason, time, until);
    }
}
