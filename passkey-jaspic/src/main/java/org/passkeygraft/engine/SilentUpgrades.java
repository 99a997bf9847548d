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
import org.passkeygraft.LogonMethod;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.BindingCandidate;
import org.passkeygraft.store.PasskeyUser;

/**
 * A first passkey that the browser makes by itself, nobody being asked, right after a password of the user was checked
 * (conditional create, WebAuthn Level 3, section 5.1.3). Only where the policy lets it, for an account without a passkey,
 * within a minute of the password, and only if it changes nothing about how the user must log on: a passkey that nobody
 * asked for must not become a second factor, nor take the password away. The user is told. Thread-safe.
 */
public final class SilentUpgrades {
    /** How long ago the password may have been checked. */
    static final Duration LATEST = Duration.ofSeconds(60);

    private final Parts parts;
    private final UserSettlement settlement;
    private final Registrations registrations;
    private final BindingReport report;

    SilentUpgrades(Parts parts) {
        this.parts = parts;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
        this.registrations = new Registrations(LATEST, parts);
        this.report = new BindingReport(parts, NoticeKind.PASSKEY_ADDED_SILENTLY, Map.of("way", "silent-upgrade"));
    }

    /**
     * Whether to let the browser try. Who put a passkey off ("Not now"), or has just deleted one, gets none unasked either.
     *
     * @param groups of the caller
     */
    public boolean isDue(ProvenCaller caller, Set<String> groups) {
        return lets(parts.store().policy().current(), groups)
                && hasJustTypedThePassword(caller)
                && parts.store()
                        .users()
                        .standing(caller.account().key())
                        .lacksPasskey(parts.clock().instant());
    }

    /** Begins the ceremony, of a kind that ends in nothing else. */
    public CeremonyStart begin(ProvenCaller caller, PasskeyName name) {
        Optional<Duration> delay = parts.throttle().begin(caller.client().address());
        if (delay.isPresent()) {
            return new CeremonyStart.Throttled(delay.get());
        }
        PasskeyUser user = settlement.settle(caller.account(), caller.client());
        Checked<BindingCandidate> permitted = permitted(caller);
        permitted.refusal().ifPresent(reason -> report.refusedToBegin(caller, reason));
        return permitted.<CeremonyStart>fold(
                candidate -> new CeremonyStart.Begun(
                        registrations.begin(CeremonyKind.UPGRADE, user, name, PasskeyUse.LOGON, List.of())),
                CeremonyStart.Refused::new);
    }

    /** Ends it: verifies what the browser made and keeps its public key. Everything is asked again. */
    public BindResult end(ProvenCaller caller, CeremonyAnswer answer) {
        Checked<CredentialRecord> outcome = registrations.end(
                CeremonyKind.UPGRADE,
                caller.account(),
                answer,
                passkey -> permitted(caller, passkey),
                // One, also if several are being made at once.
                (spent, upgrade) -> registrations.keep(spent, upgrade.passkey(), upgrade.owner(), 1));
        return report.of(caller, outcome);
    }

    private Checked<Upgrade> permitted(ProvenCaller caller, CredentialRecord passkey) {
        return permitted(caller)
                .then(candidate -> candidate.owner().handle().equals(passkey.owner())
                        ? Checked.passed(new Upgrade(passkey, candidate.owner()))
                        : Checked.refused(Rejection.CEREMONY_UNKNOWN));
    }

    /** Asked at the beginning and at the end, of the database and not of a copy. */
    private Checked<BindingCandidate> permitted(ProvenCaller caller) {
        String accountKey = caller.account().key();
        return Accounts.usable(parts.accounts().directory(), accountKey)
                .then(usable -> parts.store()
                        .credentials()
                        .forBinding(accountKey)
                        .map(candidate -> permitted(caller, usable, candidate))
                        .orElseGet(() -> Checked.refused(Rejection.ACCOUNT_UNKNOWN)));
    }

    private Checked<BindingCandidate> permitted(
            ProvenCaller caller, CallerDirectory.Entry usable, BindingCandidate candidate) {
        if (candidate.owner().epoch() != caller.epoch()) {
            return Checked.refused(Rejection.SESSIONS_ENDED);
        }
        if (!lets(candidate.policy(), usable.groups())) {
            return Checked.refused(Rejection.PASSKEYS_OFF);
        }
        if (!hasJustTypedThePassword(caller)) {
            return Checked.refused(Rejection.CONFIRMATION_REQUIRED);
        }
        return candidate.passkeys() == 0 ? Checked.passed(candidate) : Checked.refused(Rejection.LIMIT);
    }

    private static boolean lets(PasskeyPolicy policy, Set<String> groups) {
        return policy.allowed()
                && policy.silentUpgrade()
                && policy.password() == PasswordRule.ALLOWED
                && policy.secondFactor().of(groups) != SecondFactorRule.WHEN_BOUND;
    }

    private boolean hasJustTypedThePassword(ProvenCaller caller) {
        return caller.proofs().holds(LogonMethod.PASSWORD, parts.clock().instant(), LATEST);
    }

    private record Upgrade(CredentialRecord passkey, PasskeyUser owner) {}
}
