package org.passkeygraft;

import java.time.Instant;

/**
 * One event as the audit table keeps it. Texts may come from an attacker: whoever prints them must encode them.
 *
 * @param id 24 digits that sort by time
 * @param event what happened, a name of {@code AuditEvent.Type} of this version or another
 * @param account the name as the application has it, or as it was typed; empty if neither
 * @param accountKey empty where no account is known
 * @param method {@link LogonMethod#label()}, with a plus between several; may be empty
 * @param reason why something was refused, empty if it was not
 * @param passkey {@link CredentialId#key()}, empty if none was shown
 * @param details whatever else there is, as {@code name="value"}
 */
public record AuditRecord(
        String id,
        Instant time,
        String event,
        String account,
        String accountKey,
        String method,
        String reason,
        String passkey,
        String address,
        String userAgent,
        String details) {}
