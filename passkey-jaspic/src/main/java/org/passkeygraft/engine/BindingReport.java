package org.passkeygraft.engine;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.passkeygraft.BindResult;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;

/**
 * Tells what became of a passkey that was to be bound: the audit trail, the user if there is one more, and the throttle where
 * it was no honest user.
 */
final class BindingReport {
    /** Refusals that an honest user meets; they do not count against an address. */
    private static final Set<Rejection> HONEST = Set.of(
            Rejection.CEREMONY_UNKNOWN,
            Rejection.CONFIRMATION_REQUIRED,
            Rejection.CREDENTIAL_REGISTERED,
            Rejection.LIMIT,
            Rejection.NAME_TAKEN,
            Rejection.PASSKEYS_OFF,
            Rejection.SESSIONS_ENDED);

    private final Parts parts;
    private final NoticeKind notice;
    private final Map<String, String> details;

    /**
     * For one way of binding.
     *
     * @param notice what users are told
     * @param details what else the audit trail is to know
     */
    BindingReport(Parts parts, NoticeKind notice, Map<String, String> details) {
        this.parts = parts;
        this.notice = notice;
        this.details = details;
    }

    BindResult of(ProvenCaller caller, Checked<CredentialRecord> outcome) {
        return outcome.fold(passkey -> bound(caller, passkey), reason -> refused(caller, reason));
    }

    /** Nothing was made yet: it does not count against an address. */
    void refusedToBegin(ProvenCaller caller, Rejection reason) {
        parts.audit().refused(AuditEvent.Type.BINDING_REFUSED, caller, "begin", reason, details);
    }

    private BindResult bound(ProvenCaller caller, CredentialRecord passkey) {
        record(AuditEvent.Type.PASSKEY_BOUND, caller, "passkey", passkey.id().key());
        parts.notices().tell(caller.account(), notice, passkey.name().text(), caller.client());
        return new BindResult.Bound(passkey);
    }

    private BindResult refused(ProvenCaller caller, Rejection reason) {
        if (!HONEST.contains(reason)) {
            parts.throttle().assertionFailed(caller.client().address());
        }
        record(AuditEvent.Type.BINDING_REFUSED, caller, "reason", reason.name());
        return new BindResult.Refused(reason);
    }

    private void record(AuditEvent.Type type, ProvenCaller caller, String name, String value) {
        Map<String, String> all = new TreeMap<>(details);
        all.put(name, value);
        parts.audit().record(type, caller.account(), caller.client(), all);
    }
}
