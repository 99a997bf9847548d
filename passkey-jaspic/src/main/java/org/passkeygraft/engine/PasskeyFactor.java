package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.Challenge;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.config.PasskeyConfiguration;

/** A passkey as a factor, of a logon or of a proof: asked for, and judged under the throttle. */
final class PasskeyFactor {
    /** Refusals that an honest user meets; they do not count against an address. */
    private static final Set<Rejection> HONEST = Set.of(
            Rejection.CEREMONY_UNKNOWN, Rejection.CREDENTIAL_REMOVED, Rejection.WRONG_ACCOUNT, Rejection.PASSKEYS_OFF);

    private final Duration timeout;
    private final Parts parts;
    private final PasskeyLogon passkeyLogon;

    PasskeyFactor(PasskeyConfiguration configuration, Parts parts) {
        this.timeout = configuration.ceremony().timeout();
        this.parts = parts;
        this.passkeyLogon = new PasskeyLogon(parts);
    }

    /** For a logon by whoever comes. */
    CeremonyStart begin(String typedName, Client client) {
        return begin(CeremonyKind.LOGON, typedName, "", PasskeyUse.LOGON, "", List.of(), client);
    }

    /**
     * For a user who is known.
     *
     * @param wanted what the answer must be good for: {@link PasskeyUse#LOGON} demands user verification
     * @param grant the half logon that it belongs to, empty for none
     * @param own the user's passkeys that will do
     */
    CeremonyStart begin(
            CeremonyKind kind,
            String accountKey,
            PasskeyUse wanted,
            String grant,
            List<CredentialRecord> own,
            Client client) {
        return own.isEmpty()
                ? new CeremonyStart.Refused(Rejection.CREDENTIAL_UNKNOWN)
                : begin(kind, accountKey, own.get(0).owner().toString(), wanted, grant, own, client);
    }

    private CeremonyStart begin(
            CeremonyKind kind,
            String account,
            String userHandle,
            PasskeyUse wanted,
            String grant,
            List<CredentialRecord> allowed,
            Client client) {
        if (!kind.holdsWhilePasskeysAreOff()
                && !parts.store().policy().current().allowed()) {
            return new CeremonyStart.Refused(Rejection.PASSKEYS_OFF);
        }
        Optional<Duration> delay = parts.throttle().begin(client.address());
        if (delay.isPresent()) {
            return new CeremonyStart.Throttled(delay.get());
        }
        Instant now = parts.clock().instant();
        Challenge challenge = Challenge.random(parts.random());
        PendingCeremony pending =
                new PendingCeremony(kind, challenge, now, now.plus(timeout), account, userHandle, wanted, "", grant);
        return new CeremonyStart.Begun(new BegunCeremony(
                kind,
                parts.authentication().options(challenge, timeout, allowed, wanted),
                challenge.tag(),
                parts.ceremonies().seal(pending),
                timeout));
    }

    /**
     * Judges an answer.
     *
     * @param trace learns which passkey was shown and whose it is
     * @param good what a passkey that was right leads to
     */
    LogonResult end(
            CeremonyKind kind,
            LogonRequest.Assertion request,
            Trace trace,
            PasskeyLogon.OwnerRule ownerRule,
            Function<ShownPasskey, LogonResult> good) {
        return passkeyLogon
                .end(kind, request.answer(), trace, ownerRule)
                .<LogonResult>fold(
                        good, reason -> refused(reason, request.client().address()));
    }

    private LogonResult refused(Rejection reason, String address) {
        if (HONEST.contains(reason)) {
            return new Rejected(reason);
        }
        Optional<Duration> delay = parts.throttle().delayOfAddress(address);
        parts.throttle().assertionFailed(address);
        return delay.<LogonResult>map(Throttled::new).orElseGet(() -> new Rejected(reason));
    }
}
