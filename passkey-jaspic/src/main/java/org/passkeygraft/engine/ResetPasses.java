package org.passkeygraft.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.Grant;
import org.passkeygraft.store.GrantKind;
import org.passkeygraft.store.PasskeyUser;

/**
 * How administrators let a user bind anew who lost every device: a pass of 256 bits, good for an hour, for one account as it
 * is now, and the newest one only. For an account that is an administrator's itself, two administrators must want it, and
 * neither may be that account. Thread-safe.
 */
public final class ResetPasses {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration REQUEST_LIFETIME = Duration.ofHours(24);

    private final Parts parts;
    private final Administrators administrators;
    private final UserSettlement settlement;

    ResetPasses(Parts parts, Administrators administrators) {
        this.parts = parts;
        this.administrators = administrators;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
    }

    /** Gives a pass to a user; for an administrator, asks for one that another administrator has to approve. */
    public ResetIssue issue(ProvenCaller by, String handle) {
        return told(
                by,
                "reset",
                handle,
                receiver(by, handle)
                        .then(receiver -> Checked.passed(
                                receiver.administrator() ? request(by, receiver.user()) : issue(by, receiver.user()))));
    }

    /**
     * Gives the pass that another administrator asked for.
     *
     * @param request which of the wishes this answers, as the approving administrator saw it
     */
    public ResetIssue approve(ProvenCaller by, String handle, String request) {
        return told(
                by,
                "approve",
                handle,
                receiver(by, handle)
                        .then(receiver -> approvable(by, receiver.user().account(), request)
                                .then(wish -> approve(by, receiver.user(), wish))));
    }

    /** A user who may get a pass now. */
    private Checked<Receiver> receiver(ProvenCaller by, String handle) {
        return administrators.mayChange(by, handle).then(user -> {
            if (!parts.store().policy().current().allowed()) {
                return Checked.refused(Rejection.PASSKEYS_OFF);
            }
            if (user.quarantined()) {
                return Checked.refused(Rejection.QUARANTINED);
            }
            return Accounts.usable(parts.accounts().directory(), user.account().key())
                    .then(entry -> Checked.passed(new Receiver(
                            settlement.upToDate(user, entry.account(), by.client()), administrators.includes(entry))));
        });
    }

    private record Receiver(PasskeyUser user, boolean administrator) {}

    private ResetIssue request(ProvenCaller by, PasskeyUser user) {
        parts.store().resets().request(user, by.account().key(), REQUEST_LIFETIME);
        audit(AuditEvent.Type.RESET_REQUESTED, by, user.account().name(), Map.of());
        return new ResetIssue.Requested();
    }

    private ResetIssue issue(ProvenCaller by, PasskeyUser user) {
        return issued(by, user, parts.store().resets().issue(user, by.account().name(), LIFETIME), Map.of());
    }

    /** The wish, if this administrator is the second one and the first still is one. */
    private Checked<Wish> approvable(ProvenCaller by, Account receiver, String id) {
        Optional<Grant> wish = parts.store()
                .grants()
                .newest(GrantKind.RESET_REQUESTED, receiver.key())
                .filter(newest -> newest.id().equals(id));
        if (wish.isEmpty()) {
            return Checked.refused(Rejection.STALE);
        }
        String first = wish.get().detail();
        if (first.equals(by.account().key())) {
            return Checked.refused(Rejection.OWN_REQUEST);
        }
        return Accounts.usable(parts.accounts().directory(), first)
                .then(entry -> administrators.includes(entry)
                        ? Checked.passed(new Wish(wish.get(), entry))
                        : Checked.refused(Rejection.STALE));
    }

    private record Wish(Grant request, CallerDirectory.Entry by) {}

    private Checked<ResetIssue> approve(ProvenCaller by, PasskeyUser user, Wish wish) {
        return parts.store()
                .resets()
                .approve(user, wish.request(), by.account().name(), LIFETIME)
                .map(pass -> Checked.passed(issued(
                        by, user, pass, Map.of("asked", wish.by().account().name()))))
                .orElseGet(() -> Checked.refused(Rejection.STALE));
    }

    private ResetIssue issued(ProvenCaller by, PasskeyUser user, String pass, Map<String, String> details) {
        audit(AuditEvent.Type.RESET_ISSUED, by, user.account().name(), details);
        parts.notices()
                .tell(user.account(), NoticeKind.RESET_ISSUED, by.account().name());
        return new ResetIssue.Issued(pass, parts.clock().instant().plus(LIFETIME));
    }

    private ResetIssue told(ProvenCaller by, String action, String handle, Checked<ResetIssue> outcome) {
        outcome.refusal().ifPresent(reason -> administrators.refused(by, action, reason, Map.of("user", handle)));
        return outcome.fold(issue -> issue, ResetIssue.Refused::new);
    }

    private void audit(AuditEvent.Type type, ProvenCaller by, String account, Map<String, String> details) {
        Map<String, String> all = new TreeMap<>(details);
        all.put("by", by.account().name());
        parts.audit().record(type, account, by.client(), all);
    }
}
