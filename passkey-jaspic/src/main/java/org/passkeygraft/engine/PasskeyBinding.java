package org.passkeygraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.BindingCandidate;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.SpentCeremony;

/**
 * Binds a passkey to the caller: says first what stands against it, and asks once more before what the device made is kept
 * whether session, account, policy and proof still hold.
 */
final class PasskeyBinding {
    /** Refusals that an honest user meets; they do not count against an address. */
    private static final Set<Rejection> HONEST = Set.of(
            Rejection.CEREMONY_UNKNOWN,
            Rejection.CONFIRMATION_REQUIRED,
            Rejection.CREDENTIAL_REGISTERED,
            Rejection.LIMIT,
            Rejection.NAME_TAKEN,
            Rejection.PASSKEYS_OFF,
            Rejection.SESSIONS_ENDED);

    private final PasskeyConfiguration configuration;
    private final Parts parts;
    private final UserSettlement settlement;
    private final Registrations registrations;

    PasskeyBinding(PasskeyConfiguration configuration, Parts parts) {
        this.configuration = configuration;
        this.parts = parts;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
        this.registrations = new Registrations(configuration.ceremony().timeout(), parts);
    }

    /** @param grant the half logon that it belongs to, empty for none */
    CeremonyStart begin(ProvenCaller caller, PasskeyName name, PasskeyUse use, String grant) {
        PasskeyPolicy policy = parts.store().policy().current();
        if (!policy.allowed()) {
            return new CeremonyStart.Refused(Rejection.PASSKEYS_OFF);
        }
        Optional<Duration> delay = parts.throttle().begin(caller.client().address());
        if (delay.isPresent()) {
            return new CeremonyStart.Throttled(delay.get());
        }
        PasskeyUser user = settlement.settle(caller.account(), caller.client());
        if (user.epoch() != caller.epoch()) {
            return new CeremonyStart.Refused(Rejection.SESSIONS_ENDED);
        }
        List<CredentialRecord> bound = parts.store().credentials().of(user.handle());
        if (!parts.proofs().suffices(caller.proofs(), policy, bound.size())) {
            return new CeremonyStart.Refused(Rejection.CONFIRMATION_REQUIRED);
        }
        if (bound.size() >= policy.maximum()) {
            return new CeremonyStart.Refused(Rejection.LIMIT);
        }
        if (bound.stream().anyMatch(passkey -> passkey.name().key().equals(name.key()))) {
            return new CeremonyStart.Refused(Rejection.NAME_TAKEN);
        }
        return new CeremonyStart.Begun(registrations.begin(CeremonyKind.BINDING, grant, user, name, use, bound));
    }

    /**
     * The passkey that was bound, or why none was; whatever is refused once the ceremony was open has spent it.
     *
     * @param grant as it was at the beginning
     */
    BindResult end(ProvenCaller caller, CeremonyAnswer answer, String grant) {
        return registrations
                .end(
                        CeremonyKind.BINDING,
                        grant,
                        caller.account(),
                        answer,
                        passkey -> permitted(caller, passkey),
                        this::store)
                .<BindResult>fold(passkey -> bound(caller, passkey), reason -> refused(caller, reason));
    }

    private BindResult bound(ProvenCaller caller, CredentialRecord passkey) {
        audit(AuditEvent.Type.PASSKEY_BOUND, caller, "passkey", passkey.id().key());
        parts.notices()
                .tell(caller.account(), NoticeKind.PASSKEY_BOUND, passkey.name().text(), caller.client());
        return new BindResult.Bound(passkey);
    }

    private BindResult refused(ProvenCaller caller, Rejection reason) {
        if (!HONEST.contains(reason)) {
            parts.throttle().assertionFailed(caller.client().address());
        }
        audit(AuditEvent.Type.BINDING_REFUSED, caller, "reason", reason.name());
        return new BindResult.Refused(reason);
    }

    private void audit(AuditEvent.Type type, ProvenCaller caller, String name, String value) {
        parts.audit().record(type, caller.account(), caller.client(), Map.of(name, value));
    }

    /** Asked again at the end: whether the account may be used, then policy and proof, as close to the change as can be. */
    private Checked<Binding> permitted(ProvenCaller caller, CredentialRecord passkey) {
        String accountKey = caller.account().key();
        return Accounts.usable(parts.accounts().directory(), accountKey)
                .then(usable -> parts.store()
                        .credentials()
                        .forBinding(accountKey)
                        .map(candidate -> permitted(caller, passkey, candidate))
                        .orElseGet(() -> Checked.refused(Rejection.ACCOUNT_UNKNOWN)));
    }

    private Checked<Binding> permitted(ProvenCaller caller, CredentialRecord passkey, BindingCandidate candidate) {
        if (!candidate.owner().handle().equals(passkey.owner())) {
            // Whoever could forge the token would put a passkey of theirs into another's account (T-120).
            return Checked.refused(Rejection.CEREMONY_UNKNOWN);
        }
        if (candidate.owner().epoch() != caller.epoch()) {
            return Checked.refused(Rejection.SESSIONS_ENDED);
        }
        if (!candidate.policy().allowed()) {
            return Checked.refused(Rejection.PASSKEYS_OFF);
        }
        // The proof may be older now by one ceremony.
        ProofRule rule = parts.proofs().olderBy(configuration.ceremony().timeout());
        if (!rule.suffices(caller.proofs(), candidate.policy(), candidate.passkeys())) {
            return Checked.refused(Rejection.CONFIRMATION_REQUIRED);
        }
        // A password alone binds the first passkey and no other, also if several are being bound at once (T-119).
        boolean strong = rule.isStrong(caller.proofs(), candidate.policy());
        return Checked.passed(new Binding(passkey, strong ? candidate.policy().maximum() : 1));
    }

    private Checked<CredentialRecord> store(SpentCeremony spent, Binding binding) {
        CredentialRecord passkey = binding.passkey();
        return switch (parts.store().credentials().bind(spent, passkey, binding.maximum())) {
            case BOUND -> Checked.passed(passkey);
            case CEREMONY_SPENT -> Checked.refused(Rejection.CEREMONY_SPENT);
            case NAME_TAKEN -> Checked.refused(Rejection.NAME_TAKEN);
            case LIMIT -> Checked.refused(Rejection.LIMIT);
            case REGISTERED -> Checked.refused(Rejection.CREDENTIAL_REGISTERED);
        };
    }

    private record Binding(CredentialRecord passkey, int maximum) {}
}
