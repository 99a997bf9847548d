package org.passkeygraft.spi;

import java.time.Instant;
import java.util.Map;

/**
 * One thing that happened, for the audit trail. Never holds a secret, an assertion or a ceremony id. Values may come from
 * an attacker: a sink that writes lines must encode them.
 *
 * @param account canonical account name, or what was typed where no account is known; empty if neither
 * @param details further facts by name, such as {@code reason}, {@code passkey} or {@code method}
 */
public record AuditEvent(
        Instant time, Type type, String account, String address, String userAgent, Map<String, String> details) {
    public AuditEvent {
        details = Map.copyOf(details);
    }

    /** What happened. */
    public enum Type {
        LOGON,
        LOGON_REFUSED,
        LOGON_THROTTLED,
        /** A passkey was right, and its owner may now log on once through the container's own form. */
        TICKET_ISSUED,
        CONFIRMED,
        CONFIRMATION_REFUSED,
        LOGOFF,
        SESSION_ENDED,
        PASSKEY_BOUND,
        BINDING_REFUSED,
        /**
         * A caller was refused a change of their own things, or a look at a passkey of another's: {@code action} says what.
         * The same, repeated, is recorded ten times a minute at most; {@code omitted} counts what was left out before.
         */
        CHANGE_REFUSED,
        PASSKEY_RENAMED,
        PASSKEY_DELETED,
        PASSKEYS_QUARANTINED,
        /** One by one or all of a user's, by an administrator: {@code by} says whom. */
        PASSKEYS_REVOKED,
        /** The first factor was right and another is due. */
        SECOND_FACTOR_REQUIRED,
        POLICY_CHANGED,
        RESET_REQUESTED,
        RESET_ISSUED,
        RESET_USED,
        RESET_REFUSED,
        CONTACT_CHANGED,
        CODE_SENT,
        CODE_REFUSED,
        RECOVERY_CODES_CHANGED,
        /** A user was not told what happened: too many notices at once, or the way to the user failed. */
        NOTICE_FAILED,
        SESSIONS_ENDED,
        /** Somebody without the role asked for administration. */
        ADMINISTRATION_REFUSED,
        REQUEST_REFUSED,
        /** The audit table took no events for so long that {@code count} of them found no room to wait for it. */
        EVENTS_DROPPED
    }
}
