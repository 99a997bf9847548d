package org.passkeygraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.BindingCandidate;
import org.passkeygraft.store.PasskeyUser;

/**
 * Binds a passkey to the caller: says first what stands against it, and asks once more before what the device made is kept
 * whether session, account, policy and proof still hold.
 */
final class PasskeyBinding {
    private final PasskeyConfiguration configuration;
    private final Parts parts;
    private final UserSettlement settlement;
    private final Registrations registrations;
    private final BindingReport report;

    PasskeyBinding(PasskeyConfiguration configuration, Parts parts) {
        this.configuration = configuration;
        this.parts = parts;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
        this.registrations = new Registrations(configuration.ceremony().timeout(), parts);
        this.report = new BindingReport(parts, NoticeKind.PASSKEY_BOUND, Map.of());
    }

    /** @param grant the half logon that it belongs to, empty for none */
    CeremonyStart begin(ProvenCaller caller, PasskeyName name, PasskeyUse use, String grant) {
        CeremonyStart start = tryToBegin(caller, name, use, grant);
        if (start instanceof CeremonyStart.Refused refused) {
            report.refusedToBegin(caller, refused.reason());
        }
        return start;
    }

    private CeremonyStart tryToBegin(ProvenCaller caller, PasskeyName name, PasskeyUse use, String grant) {
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
        Checked<CredentialRecord> outcome = registrations.end(
                CeremonyKind.BINDING,
                grant,
                caller.account(),
                answer,
                passkey -> permitted(caller, passkey),
                (spent, binding) -> registrations.keep(spent, binding.passkey(), binding.owner(), binding.maximum()));
        return report.of(caller, outcome);
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
        return Checked.passed(new Binding(
                passkey, candidate.owner(), strong ? candidate.policy().maximum() : 1));
    }

    private record Binding(CredentialRecord passkey, PasskeyUser owner, int maximum) {}
}
