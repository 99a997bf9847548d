package org.passkeygraft.ceremony;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;
import org.passkeygraft.json.Json;

/**
 * The relying party's side of a registration ceremony (WebAuthn Level 3, section 7.1), in three steps of rising cost:
 * {@link #parse}, {@link #check}, {@link #verify}. Pure functions for any thread. Whether the credential id is taken
 * (step 26) is for the store's unique index to decide.
 */
public final class RegistrationCeremony {
    private static final Set<CeremonyKind> KINDS =
            EnumSet.of(CeremonyKind.BINDING, CeremonyKind.RESET, CeremonyKind.UPGRADE);
    private static final String TYPE = "webauthn.create";

    private final RelyingParty relyingParty;
    private final Set<String> origins;
    private final TrustRoots trustRoots;
    private final RegistrationVerifier verifier;
    private final InstantSource clock;

    /** @param trustRoots whom to believe about the model of an authenticator */
    public RegistrationCeremony(RelyingParty relyingParty, Set<X509Certificate> trustRoots, InstantSource clock) {
        this.relyingParty = relyingParty;
        this.origins = relyingParty.origins();
        this.trustRoots = new TrustRoots(trustRoots);
        this.verifier = new RegistrationVerifier(relyingParty, this.trustRoots, clock);
        this.clock = clock;
    }

    /** Whether an authenticator can prove its model here: whether there are trust roots. */
    public boolean canVerifyModels() {
        return !trustRoots.certificates().isEmpty();
    }

    /**
     * PublicKeyCredentialCreationOptionsJSON (section 5.1.9). No attachment is asked for: computer, phone and security
     * key are all welcome.
     *
     * @param kind {@link CeremonyKind#UPGRADE} where the browser is to act by itself
     * @param exclude every passkey the user has already
     */
    public String options(
            CeremonyKind kind,
            Challenge challenge,
            UserHandle userHandle,
            Account account,
            PasskeyUse use,
            List<CredentialRecord> exclude,
            AttestationConveyance conveyance,
            Duration timeout) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("rp", OptionsJson.pair("id", relyingParty.id(), "name", relyingParty.name()));
        options.put("user", user(userHandle, account));
        options.put("challenge", challenge.bytes().base64url());
        options.put("pubKeyCredParams", algorithms());
        options.put("timeout", timeout.toMillis());
        options.put("excludeCredentials", OptionsJson.descriptors(exclude));
        options.put("authenticatorSelection", selection(kind, use));
        options.put("attestation", conveyance.label());
        options.put("extensions", extensions(use));
        return Json.write(options);
    }

    /** An older key that is the user's already must not be bound once more (section 10.1.2). */
    private Map<String, Object> extensions(PasskeyUse use) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("credProps", true);
        relyingParty
                .appId()
                .filter(older -> use == PasskeyUse.SECOND_FACTOR)
                .ifPresent(older -> extensions.put("appidExclude", older));
        return extensions;
    }

    /** Size and shape (guards G2 to G6, G9, G10): asks for no row. */
    public Checked<ParsedRegistration> parse(CeremonyAnswer answer) {
        return Attempt.outcome(() -> ParsedRegistration.parse(answer.json()));
    }

    /**
     * Type, challenge, origin, relying party, flags, algorithm, key and kind of attestation (steps 7 to 21, guards G7 and
     * G8): no signature, no row.
     */
    public Checked<ParsedRegistration> check(
            ParsedRegistration registration, PendingCeremony pending, AttestationConveyance conveyance) {
        return Attempt.outcome(() -> {
            requireExpected(registration, pending, conveyance);
            return registration;
        });
    }

    /**
     * The attestation's signature, where it has one (step 22), whether it leads to a trust root, where it must (steps 23
     * and 24), and the credential record to store: owner, name and use are the pending ceremony's. Repeats {@link #check},
     * so that forgetting it can bind nothing.
     */
    public Checked<CredentialRecord> verify(
            ParsedRegistration registration, PendingCeremony pending, AttestationConveyance conveyance) {
        return Attempt.outcome(() -> {
            requireExpected(registration, pending, conveyance);
            switch (conveyance) {
                case NONE -> verifier.verify(registration, pending);
                case DIRECT -> verifier.verifyModel(registration, pending);
            }
            return record(registration, pending);
        });
    }

    private void requireExpected(
            ParsedRegistration registration, PendingCeremony pending, AttestationConveyance conveyance) throws Refusal {
        Refusal.unless(KINDS.contains(pending.kind()), Rejection.CEREMONY_UNKNOWN);
        registration.clientData().check(TYPE, pending.challenge(), origins);
        checkUser(registration.attestation().authenticatorData(), pending);
        Algorithm algorithm = registration.credential().key().check();
        switch (conveyance) {
            case NONE -> registration.attestation().checkStatement(algorithm);
            case DIRECT -> registration.attestation().checkProof();
        }
        Refusal.unless(
                pending.use() == PasskeyUse.SECOND_FACTOR || !registration.isKnownNotDiscoverable(),
                Rejection.CREDENTIAL_USE);
    }

    private void checkUser(AuthenticatorData data, PendingCeremony pending) throws Refusal {
        if (pending.isUnattended()) {
            data.checkUnattended(relyingParty.id());
        } else {
            data.check(relyingParty.id(), pending.requiresUserVerification());
        }
    }

    private CredentialRecord record(ParsedRegistration registration, PendingCeremony pending) throws Refusal {
        AuthenticatorData authenticatorData = registration.attestation().authenticatorData();
        AttestedCredential credential = registration.credential();
        return new CredentialRecord(
                credential.id(),
                new UserHandle(Bytes.require(pending.userHandle())),
                PasskeyName.parse(pending.passkeyName()).orElseThrow(() -> new Refusal(Rejection.NAME)),
                pending.use(),
                credential.coseKey(),
                authenticatorData.signCount(),
                authenticatorData.backupEligible(),
                authenticatorData.backedUp(),
                registration.transports(),
                credential.aaguid(),
                clock.instant(),
                null);
    }

    private static Map<String, Object> user(UserHandle userHandle, Account account) {
        Map<String, Object> user = OptionsJson.pair("id", userHandle.toString(), "name", account.name());
        user.put("displayName", account.name());
        return user;
    }

    private static List<Map<String, Object>> algorithms() {
        return Stream.of(Algorithm.values())
                .map(algorithm -> OptionsJson.pair("type", "public-key", "alg", algorithm.coseId()))
                .toList();
    }

    private static Map<String, Object> selection(CeremonyKind kind, PasskeyUse use) {
        boolean alone = use == PasskeyUse.LOGON;
        Map<String, Object> selection = new LinkedHashMap<>();
        selection.put("residentKey", alone ? "required" : "discouraged");
        selection.put("requireResidentKey", alone);
        // A browser that acts by itself refuses to require what it cannot ask for (section 5.1.3).
        boolean unattended = kind == CeremonyKind.UPGRADE;
        selection.put("userVerification", unattended ? "preferred" : OptionsJson.userVerification(alone));
        return selection;
    }
}
