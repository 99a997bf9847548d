package org.passkeygraft.ceremony;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;
import org.passkeygraft.json.Json;

/**
 * The relying party's side of an authentication ceremony (WebAuthn Level 3, section 7.2), in three steps of rising cost:
 * {@link #parse}, {@link #check}, {@link #verify}. Pure functions for any thread; whether a ceremony was spent, the
 * account is usable and the counter still moves forward is for the caller to decide.
 */
public final class AuthenticationCeremony {
    private static final String TYPE = "webauthn.get";

    private final String rpId;
    private final Optional<String> appId;
    private final Set<String> origins;
    private final AssertionVerifier verifier;

    public AuthenticationCeremony(RelyingParty relyingParty) {
        this.rpId = relyingParty.id();
        this.appId = relyingParty.appId();
        this.origins = relyingParty.origins();
        this.verifier = new AssertionVerifier(relyingParty);
    }

    /**
     * Proves that this Java platform verifies what it should and nothing else (CVE-2022-21449), and warms the path up.
     *
     * @throws IllegalStateException if it does not: nobody may be let in here
     */
    public static void selfTest() {
        SelfTest.run();
    }

    /**
     * PublicKeyCredentialRequestOptionsJSON (section 5.1.10).
     *
     * @param allowed the user's own passkeys where the user is known, empty for a logon
     * @param use {@link PasskeyUse#LOGON} demands user verification; beside a password, older keys may serve too
     */
    public String options(Challenge challenge, Duration timeout, List<CredentialRecord> allowed, PasskeyUse use) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("challenge", challenge.bytes().base64url());
        options.put("timeout", timeout.toMillis());
        options.put("rpId", rpId);
        options.put("allowCredentials", OptionsJson.descriptors(allowed));
        options.put("userVerification", OptionsJson.userVerification(use == PasskeyUse.LOGON));
        if (use == PasskeyUse.SECOND_FACTOR) {
            appId.ifPresent(older -> options.put("extensions", Map.of("appid", older)));
        }
        return Json.write(options);
    }

    /** Size and shape (guards G2 to G5, G9): asks neither for a key nor for a row. */
    public Checked<ParsedAssertion> parse(CeremonyAnswer answer) {
        return Attempt.outcome(() -> ParsedAssertion.parse(answer.json()));
    }

    /** Type, challenge, origin, relying party and flags (steps 10 to 18): no signature, no row. */
    public Checked<ParsedAssertion> check(ParsedAssertion assertion, PendingCeremony pending) {
        return Attempt.outcome(() -> {
            requireExpected(assertion, pending);
            return assertion;
        });
    }

    /**
     * The signature and what only the credential record can tell (steps 5, 6 and 19 to 22). Repeats {@link #check}, which
     * costs little, so that forgetting it can let nobody in.
     *
     * <p>A passkey of another user than the ceremony's is {@link Rejection#WRONG_ACCOUNT}, after its signature was
     * verified and not before: nobody learns whose a credential id is.
     */
    public Checked<VerifiedAssertion> verify(
            ParsedAssertion assertion, PendingCeremony pending, CredentialRecord credential) {
        return Attempt.outcome(() -> {
            requireExpected(assertion, pending);
            requireBelonging(assertion, pending, credential);
            UserHandle owner = verifier.verify(assertion, pending, credential);
            requireOwner(owner, pending, credential);
            return new VerifiedAssertion(
                    credential.id(),
                    owner,
                    assertion.authenticatorData().signCount(),
                    assertion.authenticatorData().backedUp(),
                    assertion.authenticatorData().userVerified());
        });
    }

    private void requireExpected(ParsedAssertion assertion, PendingCeremony pending) throws Refusal {
        Refusal.unless(pending.kind() != CeremonyKind.BINDING, Rejection.CEREMONY_UNKNOWN);
        assertion.clientData().check(TYPE, pending.challenge(), origins);
        assertion.authenticatorData().check(signedFor(assertion, pending), pending.requiresUserVerification());
        // Where the user is not known before, the authenticator must say who it is (step 6).
        Refusal.unless(
                pending.kind() != CeremonyKind.LOGON || assertion.userHandle().isPresent(), Rejection.USER_HANDLE);
    }

    /** The RP ID, or the AppID where it was asked for and the client says that it took it (section 10.1.1). */
    private String signedFor(ParsedAssertion assertion, PendingCeremony pending) {
        boolean taken = assertion.claimsAppId() && !pending.requiresUserVerification();
        return taken ? appId.orElse(rpId) : rpId;
    }

    private void requireBelonging(ParsedAssertion assertion, PendingCeremony pending, CredentialRecord credential)
            throws Refusal {
        Refusal.unless(assertion.credentialId().equals(credential.id()), Rejection.CREDENTIAL_UNKNOWN);
        Refusal.unless(assertion.userHandle().map(credential.owner()::equals).orElse(true), Rejection.USER_HANDLE);
        Refusal.unless(
                credential.use() == PasskeyUse.LOGON || !pending.requiresUserVerification(), Rejection.CREDENTIAL_USE);
        // Only an older key was ever registered for the AppID.
        Refusal.unless(
                credential.use() == PasskeyUse.SECOND_FACTOR
                        || signedFor(assertion, pending).equals(rpId),
                Rejection.WRONG_RELYING_PARTY);
        // The key was checked when it was bound; an algorithm no longer offered, or a row written by hand, stops here.
        CoseKey.parse(credential.publicKey()).algorithm();
        Refusal.unless(
                assertion.authenticatorData().backupEligible() == credential.backupEligible(), Rejection.BACKUP_FLAGS);
    }

    /** Guard G12: the library's word on who it was is compared with what we knew before. */
    private static void requireOwner(UserHandle verified, PendingCeremony pending, CredentialRecord credential)
            throws Refusal {
        Refusal.unless(verified.equals(credential.owner()), Rejection.USER_HANDLE);
        Refusal.unless(
                pending.userHandle().isEmpty() || pending.userHandle().equals(verified.toString()),
                Rejection.WRONG_ACCOUNT);
    }
}
