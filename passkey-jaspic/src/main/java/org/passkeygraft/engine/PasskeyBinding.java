package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.Challenge;
import org.passkeygraft.ceremony.ParsedRegistration;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.store.BindingCandidate;
import org.passkeygraft.store.PasskeyUser;

/**
 * Binds a passkey to the caller: says first what stands against it, then verifies what the device made, and asks once more
 * before it is kept whether session, account, policy and proof still hold.
 */
final class PasskeyBinding {
    private final PasskeyConfiguration configuration;
    private final Parts parts;
    private final UserSettlement settlement;

    PasskeyBinding(PasskeyConfiguration configuration, Parts parts, UserSettlement settlement) {
        this.configuration = configuration;
        this.parts = parts;
        this.settlement = settlement;
    }

    CeremonyStart begin(ProvenCaller caller, PasskeyName name, PasskeyUse use) {
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
        return new CeremonyStart.Begun(begin(user, name, use, bound));
    }

    private BegunCeremony begin(PasskeyUser user, PasskeyName name, PasskeyUse use, List<CredentialRecord> bound) {
        Duration timeout = configuration.ceremony().timeout();
        Instant now = parts.clock().instant();
        Challenge challenge = Challenge.random(parts.random());
        PendingCeremony pending = new PendingCeremony(
                CeremonyKind.BINDING,
                challenge,
                now,
                now.plus(timeout),
                user.account().key(),
                user.handle().toString(),
                use,
                name.text());
        String options = parts.registration().options(challenge, user.handle(), user.account(), use, bound, timeout);
        return new BegunCeremony(
                CeremonyKind.BINDING,
                options,
                challenge.tag(),
                parts.ceremonies().seal(pending),
                timeout);
    }

    /** The passkey that was bound, or why none was; whatever is refused once the ceremony was open has spent it. */
    Checked<CredentialRecord> end(ProvenCaller caller, CeremonyAnswer answer) {
        return parts.registration()
                .parse(answer)
                .then(parsed -> open(caller.account(), answer, parsed).then(pending -> end(caller, parsed, pending)));
    }

    private Checked<PendingCeremony> open(Account account, CeremonyAnswer answer, ParsedRegistration parsed) {
        return parts.ceremonies()
                .open(CeremonyKind.BINDING, answer, parsed.challenge())
                .filter(pending -> pending.isOf(account))
                .map(Checked::passed)
                .orElseGet(() -> Checked.refused(Rejection.CEREMONY_UNKNOWN));
    }

    private Checked<CredentialRecord> end(ProvenCaller caller, ParsedRegistration parsed, PendingCeremony pending) {
        return parts.registration().check(parsed, pending).then(checked -> {
            Checked<Binding> permitted =
                    parts.registration().verify(parsed, pending).then(passkey -> permitted(caller, passkey));
            if (permitted instanceof Checked.Refused) {
                parts.store().credentials().spend(pending.spent());
            }
            return permitted.then(binding -> store(pending, binding));
        });
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

    private Checked<CredentialRecord> store(PendingCeremony pending, Binding binding) {
        CredentialRecord passkey = binding.passkey();
        return switch (parts.store().credentials().bind(pending.spent(), passkey, binding.maximum())) {
            case BOUND -> Checked.passed(passkey);
            case CEREMONY_SPENT -> Checked.refused(Rejection.CEREMONY_SPENT);
            case NAME_TAKEN -> Checked.refused(Rejection.NAME_TAKEN);
            case LIMIT -> Checked.refused(Rejection.LIMIT);
            case REGISTERED -> Checked.refused(Rejection.CREDENTIAL_REGISTERED);
        };
    }

    private record Binding(CredentialRecord passkey, int maximum) {}
}
