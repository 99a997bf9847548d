package org.passkeygraft.ceremony;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Both ceremonies of one relying party, with a user, as the engine drives them. */
final class RelyingPartyUnderTest {
    static final String ORIGIN = "https://app.example";
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final SecureRandom random = new SecureRandom();
    private final RelyingParty relyingParty =
            new RelyingParty("app.example", "App", Set.of(ORIGIN, "https://www.app.example"));

    final RegistrationCeremony registration;
    final AuthenticationCeremony authentication = new AuthenticationCeremony(relyingParty);
    final UserHandle alice = UserHandle.random(random);
    final Challenge challenge = Challenge.random(random);

    private final AttestationConveyance conveyance;

    /** Without any trust roots, and not asking for a proof of the model. */
    RelyingPartyUnderTest() {
        this(AttestationConveyance.NONE, Set.of());
    }

    RelyingPartyUnderTest(AttestationConveyance conveyance, Set<X509Certificate> trustRoots) {
        this.conveyance = conveyance;
        this.registration = new RegistrationCeremony(relyingParty, trustRoots, () -> NOW);
    }

    PendingCeremony binding(PasskeyUse use) {
        return pending(CeremonyKind.BINDING, alice, use, "Work laptop");
    }

    PendingCeremony upgrade() {
        return pending(CeremonyKind.UPGRADE, alice, PasskeyUse.LOGON, "Work laptop");
    }

    PendingCeremony logon() {
        return new PendingCeremony(CeremonyKind.LOGON, challenge, NOW, NOW.plus(TIMEOUT), "", "", PasskeyUse.LOGON, "");
    }

    PendingCeremony confirmation(UserHandle known, PasskeyUse use) {
        return pending(CeremonyKind.CONFIRMATION, known, use, "");
    }

    String creationOptions(PasskeyUse use, CredentialRecord... exclude) {
        return creationOptions(CeremonyKind.BINDING, use, exclude);
    }

    String creationOptions(CeremonyKind kind, PasskeyUse use, CredentialRecord... exclude) {
        return registration.options(
                kind, challenge, alice, new Account("alice", "17"), use, List.of(exclude), conveyance, TIMEOUT);
    }

    String requestOptions(CredentialRecord... allowed) {
        return authentication.options(challenge, TIMEOUT, List.of(allowed), PasskeyUse.LOGON);
    }

    String secondFactorOptions(CredentialRecord... allowed) {
        return authentication.options(challenge, TIMEOUT, List.of(allowed), PasskeyUse.SECOND_FACTOR);
    }

    /** Binds a passkey for alice. */
    CredentialRecord bind(SoftwareAuthenticator device) {
        return bind(device, PasskeyUse.LOGON);
    }

    CredentialRecord bind(SoftwareAuthenticator device, PasskeyUse use) {
        Checked<CredentialRecord> outcome = register(device.create(creationOptions(use), ORIGIN), binding(use));
        return outcome.passed().orElseThrow(() -> new AssertionError(outcome));
    }

    Checked<CredentialRecord> register(String answer, PendingCeremony pending) {
        return register(utf8(answer), pending);
    }

    Checked<CredentialRecord> register(Bytes answer, PendingCeremony pending) {
        Checked<ParsedRegistration> parsed = registration.parse(new CeremonyAnswer(answer, Map.of()));
        if (parsed.refusal().isPresent()) {
            return Checked.refused(parsed.refusal().get());
        }
        ParsedRegistration shaped = parsed.passed().orElseThrow();
        Optional<Rejection> early =
                registration.check(shaped, pending, conveyance).refusal();
        Checked<CredentialRecord> outcome = registration.verify(shaped, pending, conveyance);
        return requireSameWithout(early, outcome);
    }

    Checked<VerifiedAssertion> authenticate(String answer, PendingCeremony pending, CredentialRecord credential) {
        return authenticate(utf8(answer), pending, credential);
    }

    Checked<VerifiedAssertion> authenticate(Bytes answer, PendingCeremony pending, CredentialRecord credential) {
        Checked<ParsedAssertion> parsed = authentication.parse(new CeremonyAnswer(answer, Map.of()));
        if (parsed.refusal().isPresent()) {
            return Checked.refused(parsed.refusal().get());
        }
        ParsedAssertion shaped = parsed.passed().orElseThrow();
        Optional<Rejection> early = authentication.check(shaped, pending).refusal();
        Checked<VerifiedAssertion> outcome = authentication.verify(shaped, pending, credential);
        return requireSameWithout(early, outcome);
    }

    /** What the cheap check refuses, the last step must refuse too, though nobody made the check. */
    private static <T> Checked<T> requireSameWithout(Optional<Rejection> early, Checked<T> outcome) {
        if (early.isPresent() && !outcome.refusal().equals(early)) {
            throw new AssertionError("checked " + early + ", yet verified " + outcome);
        }
        return outcome;
    }

    private PendingCeremony pending(CeremonyKind kind, UserHandle known, PasskeyUse use, String name) {
        return new PendingCeremony(kind, challenge, NOW, NOW.plus(TIMEOUT), "17", known.toString(), use, name);
    }

    static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
