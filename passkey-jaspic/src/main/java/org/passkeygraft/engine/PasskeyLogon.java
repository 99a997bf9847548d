package org.passkeygraft.engine;

import java.util.Optional;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.AuthenticationCeremony;
import org.passkeygraft.ceremony.ParsedAssertion;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.ceremony.VerifiedAssertion;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.CredentialStore;
import org.passkeygraft.store.LogonCandidate;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.SpentCeremony;

/**
 * Ends one authentication ceremony, in the one order that costs least and reveals nothing: size and shape, token, type,
 * challenge, origin, RP ID, flags without a statement; then one select, the signature, the directory, one transaction. A
 * refusal before the select spends nothing; from the select on the ceremony is spent whatever the outcome.
 */
final class PasskeyLogon {
    private final Parts parts;
    private final AuthenticationCeremony ceremony;
    private final UserSettlement settlement;

    PasskeyLogon(Parts parts) {
        this.parts = parts;
        this.ceremony = parts.authentication();
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
    }

    /**
     * Whose passkey this is, for a logon, its second factor or a confirmation.
     *
     * @param trace learns which passkey was shown and whose it is, also if it is refused
     * @param ownerRule says whether it may be theirs
     */
    Checked<ShownPasskey> end(CeremonyKind kind, CeremonyAnswer answer, Trace trace, OwnerRule ownerRule) {
        return ceremony.parse(answer).then(parsed -> {
            trace.shows(parsed.credentialId());
            return open(kind, answer, parsed).then(pending -> {
                trace.answersCeremonyOf(pending.issuedAt());
                return new Attempt(parsed, pending, trace, ownerRule).decide();
            });
        });
    }

    /** Says why this account's passkey does not do for that pending ceremony; empty if it does. */
    @FunctionalInterface
    interface OwnerRule {
        Optional<Rejection> refuses(PendingCeremony pending, CallerDirectory.Entry owner);
    }

    private Checked<PendingCeremony> open(CeremonyKind kind, CeremonyAnswer answer, ParsedAssertion parsed) {
        return parts.ceremonies()
                .open(kind, answer, parsed.challenge())
                .map(Checked::passed)
                .orElseGet(() -> Checked.refused(Rejection.CEREMONY_UNKNOWN));
    }

    /** One answer to one ceremony that is open here. */
    private final class Attempt {
        private final ParsedAssertion parsed;
        private final PendingCeremony pending;
        private final Trace trace;
        private final OwnerRule ownerRule;
        private final SpentCeremony spent;

        Attempt(ParsedAssertion parsed, PendingCeremony pending, Trace trace, OwnerRule ownerRule) {
            this.parsed = parsed;
            this.pending = pending;
            this.trace = trace;
            this.ownerRule = ownerRule;
            this.spent = pending.spent();
        }

        Checked<ShownPasskey> decide() {
            return ceremony.check(parsed, pending)
                    .then(shaped -> spendingOnRefusal(candidate()))
                    .then(candidate -> spendingOnRefusal(evidence(candidate)))
                    .then(this::commit);
        }

        private <T> Checked<T> spendingOnRefusal(Checked<T> outcome) {
            boolean spentBefore =
                    outcome.refusal().filter(reason -> !spend(reason)).isPresent();
            return spentBefore ? Checked.refused(Rejection.CEREMONY_SPENT) : outcome;
        }

        /** False if somebody ended the ceremony before. */
        private boolean spend(Rejection reason) {
            CredentialStore credentials = parts.store().credentials();
            return reason == Rejection.COUNTER
                    ? credentials.spendSuspectingClone(spent, parsed.credentialId())
                    : credentials.spend(spent);
        }

        private Checked<LogonCandidate> candidate() {
            return parts.store()
                    .credentials()
                    .forLogon(parsed.credentialId())
                    .map(Checked::passed)
                    .orElseGet(() -> Checked.refused(absence()));
        }

        private Rejection absence() {
            return parsed.userHandle().filter(parts.store().users()::issued).isPresent()
                    ? Rejection.CREDENTIAL_REMOVED
                    : Rejection.CREDENTIAL_UNKNOWN;
        }

        private Checked<Evidence> evidence(LogonCandidate candidate) {
            trace.isOf(candidate.owner().account());
            return ceremony.verify(parsed, pending, candidate.credential())
                    .then(assertion -> permitted(candidate)
                            .then(owner -> ownerRule
                                    .refuses(pending, owner)
                                    .map(Checked::<Evidence>refused)
                                    .orElseGet(() -> Checked.passed(new Evidence(candidate, assertion, owner)))));
        }

        private Checked<CallerDirectory.Entry> permitted(LogonCandidate candidate) {
            if (!pending.kind().holdsWhilePasskeysAreOff()
                    && !candidate.policy().allowed()) {
                return Checked.refused(Rejection.PASSKEYS_OFF);
            }
            PasskeyUser owner = candidate.owner();
            return Accounts.usable(parts.accounts().directory(), owner.account().key())
                    .then(entry -> settlement
                                    .upToDate(owner, entry.account(), trace.client())
                                    .quarantined()
                            ? Checked.refused(Rejection.QUARANTINED)
                            : Checked.passed(entry));
        }

        private Checked<ShownPasskey> commit(Evidence evidence) {
            VerifiedAssertion assertion = evidence.assertion();
            return switch (parts.store()
                    .credentials()
                    .recordLogon(
                            spent,
                            assertion.id(),
                            assertion.signCount(),
                            assertion.backedUp(),
                            parts.clock().instant())) {
                case CEREMONY_SPENT -> Checked.refused(Rejection.CEREMONY_SPENT);
                case COUNTER -> Checked.refused(Rejection.COUNTER);
                case RECORDED ->
                    Checked.passed(new ShownPasskey(
                            evidence.owner(),
                            evidence.method(),
                            evidence.candidate().owner().epoch(),
                            evidence.candidate().policy()));
            };
        }
    }

    private record Evidence(LogonCandidate candidate, VerifiedAssertion assertion, CallerDirectory.Entry owner) {
        /** A passkey is two factors only where its device verified the user, and was bound as one that does. */
        LogonMethod method() {
            return assertion.userVerified() && candidate.credential().use() == PasskeyUse.LOGON
                    ? LogonMethod.PASSKEY
                    : LogonMethod.SECURITY_KEY;
        }
    }
}
