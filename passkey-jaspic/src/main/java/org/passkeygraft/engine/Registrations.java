package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.AttestationConveyance;
import org.passkeygraft.ceremony.Challenge;
import org.passkeygraft.ceremony.ParsedRegistration;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.policy.AuthenticatorPolicy;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.SpentCeremony;

/**
 * The two halves of a registration ceremony, of whichever kind: who may bind a passkey, and how it is kept, is for others
 * to say.
 */
final class Registrations {
    private final Duration timeout;
    private final Parts parts;

    Registrations(Duration timeout, Parts parts) {
        this.timeout = timeout;
        this.parts = parts;
    }

    /** @param exclude the passkeys whose devices must not make another one */
    BegunCeremony begin(
            CeremonyKind kind, PasskeyUser user, PasskeyName name, PasskeyUse use, List<CredentialRecord> exclude) {
        return begin(kind, "", user, name, use, exclude);
    }

    /** @param grant the half logon that it belongs to, empty for none */
    BegunCeremony begin(
            CeremonyKind kind,
            String grant,
            PasskeyUser user,
            PasskeyName name,
            PasskeyUse use,
            List<CredentialRecord> exclude) {
        Instant now = parts.clock().instant();
        Challenge challenge = Challenge.random(parts.random());
        PendingCeremony pending = new PendingCeremony(
                kind,
                challenge,
                now,
                now.plus(timeout),
                user.account().key(),
                user.handle().toString(),
                use,
                name.text(),
                grant);
        return new BegunCeremony(
                kind,
                parts.registration()
                        .options(
                                kind,
                                challenge,
                                user.handle(),
                                user.account(),
                                use,
                                exclude,
                                AttestationConveyance.of(authenticators().attested()),
                                timeout),
                challenge.tag(),
                parts.ceremonies().seal(pending),
                timeout);
    }

    /**
     * Verifies what the device made, and whether its model may be bound. Whatever is refused once the ceremony was open
     * has spent it.
     *
     * @param permitted whether this passkey may be kept; reads the policy, which the rule on models goes by
     * @param kept spends the ceremony and keeps the passkey, in one transaction
     * @param <T> what is known of the passkey by then
     * @return what {@code kept} said, or why it was not asked
     */
    <T> Checked<CredentialRecord> end(
            CeremonyKind kind,
            Account account,
            CeremonyAnswer answer,
            Function<CredentialRecord, Checked<T>> permitted,
            BiFunction<SpentCeremony, T, Checked<CredentialRecord>> kept) {
        return end(kind, "", account, answer, permitted, kept);
    }

    /** @param grant as it was at the beginning */
    <T> Checked<CredentialRecord> end(
            CeremonyKind kind,
            String grant,
            Account account,
            CeremonyAnswer answer,
            Function<CredentialRecord, Checked<T>> permitted,
            BiFunction<SpentCeremony, T, Checked<CredentialRecord>> kept) {
        AttestationConveyance asked = AttestationConveyance.of(authenticators().attested());
        return parts.registration()
                .parse(answer)
                .then(parsed -> open(kind, account, answer, parsed)
                        .then(pending -> isOf(grant, pending))
                        .then(pending -> parts.registration()
                                .check(parsed, pending, asked)
                                .then(checked -> spendingOnRefusal(
                                        pending,
                                        parts.registration()
                                                .verify(parsed, pending, asked)
                                                .then(passkey -> permitted
                                                        .apply(passkey)
                                                        .then(permission -> ofModel(passkey, asked, permission)))))
                                .then(passkey -> kept.apply(pending.spent(), passkey))));
    }

    /**
     * Spends the ceremony and keeps the passkey, in one transaction.
     *
     * @param owner as of the epoch of the session that asks for it
     * @param maximum how many passkeys the user may have with this one
     */
    Checked<CredentialRecord> keep(SpentCeremony spent, CredentialRecord passkey, PasskeyUser owner, int maximum) {
        return switch (parts.store().credentials().bind(spent, passkey, owner, maximum)) {
            case BOUND -> Checked.passed(passkey);
            case CEREMONY_SPENT -> Checked.refused(Rejection.CEREMONY_SPENT);
            case SESSIONS_ENDED -> Checked.refused(Rejection.SESSIONS_ENDED);
            case NAME_TAKEN -> Checked.refused(Rejection.NAME_TAKEN);
            case LIMIT -> Checked.refused(Rejection.LIMIT);
            case REGISTERED -> Checked.refused(Rejection.CREDENTIAL_REGISTERED);
        };
    }

    /** Asked last, when the policy has just been read: it may have become stricter since. */
    private <T> Checked<T> ofModel(CredentialRecord passkey, AttestationConveyance asked, T permission) {
        AuthenticatorPolicy now = authenticators();
        boolean proved = asked == AttestationConveyance.DIRECT || !now.attested();
        return proved && now.permits(passkey.aaguid())
                ? Checked.passed(permission)
                : Checked.refused(Rejection.AUTHENTICATOR);
    }

    private AuthenticatorPolicy authenticators() {
        return parts.store().policy().current().authenticators();
    }

    private Checked<PendingCeremony> open(
            CeremonyKind kind, Account account, CeremonyAnswer answer, ParsedRegistration parsed) {
        return parts.ceremonies()
                .open(kind, answer, parsed.challenge())
                .filter(pending -> pending.isOf(account))
                .map(Checked::passed)
                .orElseGet(() -> Checked.refused(Rejection.CEREMONY_UNKNOWN));
    }

    private static Checked<PendingCeremony> isOf(String grant, PendingCeremony pending) {
        return pending.grant().equals(grant) ? Checked.passed(pending) : Checked.refused(Rejection.CEREMONY_UNKNOWN);
    }

    private <T> Checked<T> spendingOnRefusal(PendingCeremony pending, Checked<T> outcome) {
        if (outcome instanceof Checked.Refused) {
            parts.store().credentials().spend(pending.spent());
        }
        return outcome;
    }
}
