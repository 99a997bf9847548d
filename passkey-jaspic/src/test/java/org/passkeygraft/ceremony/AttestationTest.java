package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.ceremony.RelyingPartyUnderTest.NOW;
import static org.passkeygraft.ceremony.RelyingPartyUnderTest.ORIGIN;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.testing.AuthenticatorMaker;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Authenticators that have to prove their model, and those that try to prove it unasked (G7). */
final class AttestationTest {
    private static final UUID MODEL = UUID.fromString("ee882879-721c-4913-9775-3dfcce97072a");
    private static final Instant LATER = NOW.plus(Duration.ofDays(365));

    private final AuthenticatorMaker maker = AuthenticatorMaker.of(MODEL, LATER);
    private final RelyingPartyUnderTest server =
            new RelyingPartyUnderTest(AttestationConveyance.DIRECT, Set.of(maker.root()));

    @Test
    void aModelProvedToATrustRootIsBound() {
        assertThat(server.creationOptions(PasskeyUse.LOGON)).contains("\"attestation\":\"direct\"");

        assertThat(answer(server, deviceBy(maker)).passed().orElseThrow().aaguid())
                .isEqualTo(MODEL.toString());
    }

    @Test
    void t13_aModelProvedToARootOfNobodysIsRefused() {
        assertThat(answer(server, deviceBy(AuthenticatorMaker.of(MODEL, LATER))).refusal())
                .contains(Rejection.ATTESTATION);
    }

    @Test
    void t13_whereThereAreNoRootsNothingIsProved() {
        var without = new RelyingPartyUnderTest(AttestationConveyance.DIRECT, Set.of());

        assertThat(without.registration.canVerifyModels()).isFalse();
        assertThat(answer(without, deviceBy(maker)).refusal()).contains(Rejection.ATTESTATION);
    }

    @Test
    void t13_aCertificateThatRanOutProvesNothing() {
        AuthenticatorMaker past = AuthenticatorMaker.of(MODEL, NOW.minusSeconds(1));
        var trusting = new RelyingPartyUnderTest(AttestationConveyance.DIRECT, Set.of(past.root()));

        assertThat(answer(trusting, deviceBy(past)).refusal()).contains(Rejection.ATTESTATION);
    }

    @Test
    void t13_aCertificateOfAnotherModelProvesNothing() {
        SoftwareAuthenticator other = SoftwareAuthenticator.builder()
                .aaguid(UUID.randomUUID())
                .attestedBy(maker)
                .build();

        assertThat(answer(server, other).refusal()).contains(Rejection.ATTESTATION);
    }

    @Test
    void t13_whoProvesNothingIsRefusedWhereAProofIsAskedFor() {
        assertThat(answer(server, SoftwareAuthenticator.synced()).refusal()).contains(Rejection.AUTHENTICATOR);
        assertThat(answer(
                                server,
                                SoftwareAuthenticator.builder()
                                        .selfAttestation(true)
                                        .build())
                        .refusal())
                .contains(Rejection.AUTHENTICATOR);
    }

    @Test
    void t13_aProofThatNobodyAskedForIsRefused() {
        assertThat(answer(new RelyingPartyUnderTest(), deviceBy(maker)).refusal())
                .contains(Rejection.ATTESTATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"android-key", "android-safetynet", "compound", "example"})
    void t13_formatsThatTheLibraryTakesWithoutLookingAreRefusedAlsoWhereAProofIsAskedFor(String format) {
        String answer = deviceBy(maker)
                .lying()
                .withAttestationFormat(format)
                .create(server.creationOptions(PasskeyUse.LOGON), ORIGIN);

        assertThat(server.register(answer, server.binding(PasskeyUse.LOGON)).refusal())
                .contains(Rejection.AUTHENTICATOR);
    }

    @Test
    void t13_aSignatureOfOtherDataProvesNothing() {
        String answer = deviceBy(maker)
                .lying()
                .swappingAttestationSignature()
                .create(server.creationOptions(PasskeyUse.LOGON), ORIGIN);

        assertThat(server.register(answer, server.binding(PasskeyUse.LOGON)).refusal())
                .contains(Rejection.ATTESTATION);
    }

    private static SoftwareAuthenticator deviceBy(AuthenticatorMaker maker) {
        return SoftwareAuthenticator.builder().aaguid(MODEL).attestedBy(maker).build();
    }

    private static Checked<CredentialRecord> answer(RelyingPartyUnderTest server, SoftwareAuthenticator device) {
        return server.register(
                device.create(server.creationOptions(PasskeyUse.LOGON), ORIGIN), server.binding(PasskeyUse.LOGON));
    }
}
