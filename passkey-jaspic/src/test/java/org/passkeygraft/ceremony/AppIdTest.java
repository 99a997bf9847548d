package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.ceremony.RelyingPartyUnderTest.ORIGIN;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.Lies;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Keys that another system registered through U2F (WebAuthn Level 3, sections 10.1.1 and 10.1.2). */
final class AppIdTest {
    private static final String APP_ID = "https://app.example/u2f/app-id.json";
    private static final String RESULTS = "clientExtensionResults";
    private static final String CLAIMED = "{\"appid\":true}";
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final SecureRandom random = new SecureRandom();
    private final RelyingParty relyingParty = new RelyingParty("app.example", "App", Set.of(ORIGIN), APP_ID);
    private final AuthenticationCeremony ceremony = new AuthenticationCeremony(relyingParty);
    private final UserHandle owner = UserHandle.random(random);
    private final Challenge challenge = Challenge.random(random);
    private final SoftwareAuthenticator key = SoftwareAuthenticator.builder()
            .verifiesUsers(false)
            .keepsDiscoverable(false)
            .backupEligible(false)
            .counting(true)
            .build();

    @BeforeEach
    void makeTheKey() throws CeremonyRefusedException {
        key.create(creation(PasskeyUse.SECOND_FACTOR), ORIGIN);
    }

    @Test
    void anOlderKeyIsASecondFactor() {
        assertThat(options(PasskeyUse.SECOND_FACTOR)).contains("\"extensions\":{\"appid\":\"" + APP_ID + "\"}");
        assertThat(verify(older(), CeremonyKind.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR)
                        .passed())
                .isPresent();
    }

    @Test
    void anOlderKeyIsPartOfAConfirmation() {
        assertThat(verify(older(), CeremonyKind.CONFIRMATION, PasskeyUse.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR)
                        .passed())
                .isPresent();
    }

    @Test
    void aKeyOfTheRelyingPartyIsOneTooWhereAnAppIdIsConfigured() {
        assertThat(verify(key.lying(), CeremonyKind.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR)
                        .passed())
                .isPresent();
    }

    @Test
    void t24_anAppIdIsNoRelyingPartyOfALogon() {
        assertThat(options(PasskeyUse.LOGON)).doesNotContain("extensions");
        assertThat(verify(older(), CeremonyKind.LOGON, PasskeyUse.LOGON, PasskeyUse.LOGON)
                        .refusal())
                .contains(Rejection.WRONG_RELYING_PARTY);
        assertThat(verify(older(), CeremonyKind.CONFIRMATION, PasskeyUse.LOGON, PasskeyUse.LOGON)
                        .refusal())
                .contains(Rejection.WRONG_RELYING_PARTY);
    }

    @Test
    void t24_anAppIdIsForOlderKeysOnly() {
        assertThat(verify(older(), CeremonyKind.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR, PasskeyUse.LOGON)
                        .refusal())
                .contains(Rejection.WRONG_RELYING_PARTY);
    }

    @Test
    void t24_theAppIdMustBeClaimedAndBeOurs() {
        for (Lies lie : List.of(
                key.lying().withRpId(APP_ID),
                key.lying().withRpId("https://evil.example/app-id.json").withMember(RESULTS, CLAIMED),
                key.lying().withMember(RESULTS, CLAIMED))) {
            assertThat(verify(lie, CeremonyKind.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR, PasskeyUse.SECOND_FACTOR)
                            .refusal())
                    .contains(Rejection.WRONG_RELYING_PARTY);
        }
    }

    @Test
    void t17_aClaimOfAnotherTypeIsRefused() {
        assertThat(ceremony.parse(answer(older().withMember(RESULTS, "{\"appid\":\"yes\"}")))
                        .refusal())
                .contains(Rejection.EXTENSIONS);
    }

    @Test
    void anOlderKeyIsNotBoundASecondTime() {
        assertThat(creation(PasskeyUse.SECOND_FACTOR)).contains("\"appidExclude\":\"" + APP_ID + "\"");
        assertThat(creation(PasskeyUse.LOGON)).doesNotContain("appidExclude");
    }

    private Lies older() {
        return key.lying().withRpId(APP_ID).withMember(RESULTS, CLAIMED);
    }

    private String creation(PasskeyUse use) {
        return new RegistrationCeremony(relyingParty, Set.of(), () -> NOW)
                .options(
                        CeremonyKind.BINDING,
                        challenge,
                        owner,
                        Account.named("alice"),
                        use,
                        List.of(),
                        AttestationConveyance.NONE,
                        TIMEOUT);
    }

    private String options(PasskeyUse use) {
        return ceremony.options(challenge, TIMEOUT, List.of(record(use)), use);
    }

    private CeremonyAnswer answer(Lies lies) {
        return new CeremonyAnswer(lies.getBytes(options(PasskeyUse.SECOND_FACTOR), ORIGIN), Map.of());
    }

    private Checked<VerifiedAssertion> verify(Lies lies, CeremonyKind kind, PasskeyUse wanted, PasskeyUse bound) {
        PendingCeremony pending = new PendingCeremony(
                kind,
                challenge,
                NOW,
                NOW.plus(TIMEOUT),
                kind == CeremonyKind.LOGON ? "" : "alice",
                kind == CeremonyKind.LOGON ? "" : owner.toString(),
                wanted,
                "",
                kind == CeremonyKind.SECOND_FACTOR ? "A".repeat(43) : "");
        return ceremony.parse(answer(lies)).then(parsed -> ceremony.verify(parsed, pending, record(bound)));
    }

    private CredentialRecord record(PasskeyUse use) {
        return new CredentialRecord(
                new CredentialId(key.newest().id()),
                owner,
                new PasskeyName("Blue key"),
                use,
                key.newest().coseKey(),
                0,
                false,
                false,
                List.of(),
                "00000000-0000-0000-0000-000000000000",
                NOW,
                null);
    }
}
