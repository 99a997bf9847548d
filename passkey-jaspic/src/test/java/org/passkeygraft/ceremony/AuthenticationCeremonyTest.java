package org.passkeygraft.ceremony;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.ceremony.Octets.append;
import static org.passkeygraft.ceremony.Octets.first;
import static org.passkeygraft.ceremony.Octets.flipped;
import static org.passkeygraft.ceremony.Octets.hex;
import static org.passkeygraft.ceremony.Octets.recoded;
import static org.passkeygraft.ceremony.Octets.respelled;
import static org.passkeygraft.ceremony.RelyingPartyUnderTest.ORIGIN;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Bytes;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.testing.CoseAlgorithm;
import org.passkeygraft.testing.Flag;
import org.passkeygraft.testing.Lies;
import org.passkeygraft.testing.SoftwareAuthenticator;

class AuthenticationCeremonyTest {
    /** Order of the group of P-256. */
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final RelyingPartyUnderTest server = new RelyingPartyUnderTest();
    private final UserHandle bob = UserHandle.random(new SecureRandom());
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();
    private CredentialRecord credential;

    @BeforeEach
    void bindAPasskey() {
        credential = server.bind(device);
    }

    @Test
    void aPasskeyLogsItsOwnerOn() {
        String answer = device.get(server.requestOptions(), ORIGIN);

        assertThat(server.authenticate(answer, server.logon(), credential).passed())
                .contains(new VerifiedAssertion(credential.id(), server.alice, 0, true, true));
    }

    @ParameterizedTest
    @EnumSource(
            value = CoseAlgorithm.class,
            names = {"ES256", "ES384", "EDDSA", "RS256"})
    void everyOfferedAlgorithmLogsOn(CoseAlgorithm algorithm) {
        SoftwareAuthenticator device =
                SoftwareAuthenticator.builder().algorithms(algorithm).build();
        CredentialRecord bound = server.bind(device);

        String answer = device.get(server.requestOptions(), ORIGIN);

        assertThat(server.authenticate(answer, server.logon(), bound).passed()).isPresent();
        String forged = device.lying().signedByAnotherKey().get(server.requestOptions(), ORIGIN);
        assertThat(server.authenticate(forged, server.logon(), bound).refusal()).contains(Rejection.SIGNATURE);
    }

    @Test
    void theReceivedCounterAndBackupStateAreWhatIsToBeStored() {
        SoftwareAuthenticator key = SoftwareAuthenticator.securityKey();
        CredentialRecord bound = server.bind(key);

        String answer = key.lying().withCounter(4_294_967_295L).get(server.requestOptions(), ORIGIN);

        assertThat(server.authenticate(answer, server.logon(), bound).passed())
                .contains(new VerifiedAssertion(bound.id(), server.alice, 4_294_967_295L, false, true));
    }

    @Test
    void aSecondFactorNeedsNeitherVerificationNorUserHandle() {
        SoftwareAuthenticator key = SoftwareAuthenticator.builder()
                .verifiesUsers(false)
                .keepsDiscoverable(false)
                .build();
        CredentialRecord bound = server.bind(key, PasskeyUse.SECOND_FACTOR);

        String answer = key.get(server.secondFactorOptions(bound), ORIGIN);

        PendingCeremony known = server.confirmation(server.alice, PasskeyUse.SECOND_FACTOR);
        assertThat(server.authenticate(answer, known, bound).passed().map(VerifiedAssertion::userVerified))
                .contains(false);
    }

    @Test
    void aPasskeyBoundAsSecondFactorLogsNobodyOnAlone() {
        CredentialRecord second = withUse(PasskeyUse.SECOND_FACTOR);

        assertThat(server.authenticate(device.get(server.requestOptions(), ORIGIN), server.logon(), second)
                        .refusal())
                .contains(Rejection.CREDENTIAL_USE);
    }

    @Test
    void t20_anAnswerWithAnotherCredentialThanTheRecordsIsRefused() {
        SoftwareAuthenticator other = SoftwareAuthenticator.synced();
        server.bind(other);

        assertRefused(other.get(server.requestOptions(), ORIGIN), Rejection.CREDENTIAL_UNKNOWN);
        assertRefused(lying().withId(other.newest().id().base64url()), Rejection.MALFORMED);
        assertRefused(
                lying().withId(other.newest().id().base64url())
                        .withRawId(other.newest().id().base64url()),
                Rejection.CREDENTIAL_UNKNOWN);
    }

    @Test
    void t21_aPasskeyOfAnotherUserConfirmsNothing() {
        String answer = device.get(server.requestOptions(credential), ORIGIN);
        String nameless = lying().withoutUserHandle().get(server.requestOptions(credential), ORIGIN);
        PendingCeremony bobs = server.confirmation(bob, PasskeyUse.LOGON);

        assertThat(server.authenticate(answer, bobs, credential).refusal()).contains(Rejection.WRONG_ACCOUNT);
        assertThat(server.authenticate(nameless, bobs, credential).refusal()).contains(Rejection.WRONG_ACCOUNT);
        assertThat(server.authenticate(answer, server.confirmation(server.alice, PasskeyUse.LOGON), credential)
                        .passed())
                .isPresent();
    }

    @Test
    void t21_aForgedAnswerDoesNotTellWhoseACredentialIs() {
        String forged = lying().signedByAnotherKey().get(server.requestOptions(credential), ORIGIN);

        assertThat(server.authenticate(forged, server.confirmation(bob, PasskeyUse.LOGON), credential)
                        .refusal())
                .contains(Rejection.SIGNATURE);
    }

    @Test
    void t22_aLogonWithoutUserHandleOrWithAnotherIsRefused() {
        assertRefused(lying().withoutUserHandle(), Rejection.USER_HANDLE);
        assertRefused(lying().withMember("response.userHandle", "null"), Rejection.USER_HANDLE);
        assertRefused(lying().withUserHandle(bob.bytes()), Rejection.USER_HANDLE);
        assertRefused(lying().withUserHandle(Bytes.of(new byte[65])), Rejection.MALFORMED);
        assertRefused(lying().withUserHandle(Bytes.of(new byte[0])), Rejection.USER_HANDLE);
        assertRefused(lying().withMember("response.userHandle", "17"), Rejection.MALFORMED);
    }

    @Test
    void t22_anotherUserHandleIsRefusedEvenWhereNoneIsNeeded() {
        String answer = lying().withUserHandle(bob.bytes()).get(server.requestOptions(credential), ORIGIN);

        assertThat(server.authenticate(answer, server.confirmation(server.alice, PasskeyUse.LOGON), credential)
                        .refusal())
                .contains(Rejection.USER_HANDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webauthn.create", "Webauthn.get", "payment.get", ""})
    void t23_anotherTypeIsRefused(String type) {
        assertRefused(lying().withType(type), Rejection.WRONG_TYPE);
    }

    @Test
    void t23_aChallengeThatIsNotTheOneKeptIsRefused() {
        String good = server.challenge.bytes().base64url();

        assertRefused(
                lying().withChallenge(
                                new RelyingPartyUnderTest().challenge.bytes().base64url()),
                Rejection.CEREMONY_UNKNOWN);
        assertRefused(lying().withChallenge(""), Rejection.CEREMONY_UNKNOWN);
        assertRefused(lying().withChallenge(good.substring(0, 40)), Rejection.CEREMONY_UNKNOWN);
        assertRefused(lying().withChallenge(good + "="), Rejection.CEREMONY_UNKNOWN);
        assertRefused(lying().withChallenge(respelled(good)), Rejection.CEREMONY_UNKNOWN);
        assertRefused(lying().withoutClientDataMember("challenge"), Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example",
                "https://app.example:8443",
                "https://evil.app.example",
                "https://app.example.evil",
                "null"
            })
    void t23_anotherOriginIsRefused(String origin) {
        assertRefused(lying().withOrigin(origin), Rejection.WRONG_ORIGIN);
    }

    @Test
    void t23_aCeremonyInAFrameIsRefused() {
        assertRefused(lying().withCrossOrigin(true), Rejection.CROSS_ORIGIN);
        assertRefused(lying().withTopOrigin(ORIGIN), Rejection.CROSS_ORIGIN);
        assertRefused(lying().withRepeatedClientDataMember("crossOrigin", "false"), Rejection.MALFORMED);
        assertRefused(lying().withClientDataJson(json -> recoded(json, UTF_16LE)), Rejection.MALFORMED);
        assertRefused(lying().withClientDataJson(json -> recoded(json, UTF_16BE)), Rejection.MALFORMED);
    }

    @Test
    void t24_theHashOfAnotherRelyingPartyIsRefused() {
        assertRefused(lying().withRpId("evil.example"), Rejection.WRONG_RELYING_PARTY);
        assertRefused(lying().withRpIdHash(Bytes.of(new byte[32])), Rejection.WRONG_RELYING_PARTY);
    }

    @Test
    void t24_anAbsentOrUnverifiedUserIsRefused() {
        assertRefused(lying().withFlag(Flag.USER_PRESENT, false), Rejection.USER_NOT_PRESENT);
        assertRefused(lying().withFlag(Flag.USER_VERIFIED, false), Rejection.USER_NOT_VERIFIED);
    }

    @Test
    void t24_impossibleOrChangedBackupFlagsAreRefused() {
        assertRefused(lying().withFlag(Flag.BACKUP_ELIGIBLE, false), Rejection.BACKUP_FLAGS);
        assertRefused(
                lying().withFlag(Flag.BACKUP_ELIGIBLE, false).withFlag(Flag.BACKED_UP, false), Rejection.BACKUP_FLAGS);
    }

    @Test
    void aPasskeyMayLoseItsBackup() {
        String answer = lying().withFlag(Flag.BACKED_UP, false).get(server.requestOptions(), ORIGIN);

        assertThat(server.authenticate(answer, server.logon(), credential)
                        .passed()
                        .map(VerifiedAssertion::backedUp))
                .contains(false);
    }

    @Test
    void t25_everySignatureButTheGoodOneIsRefused() {
        assertRefused(lying().signedByAnotherKey(), Rejection.SIGNATURE);
        assertRefused(
                lying().swappingSignature(signature -> der(BigInteger.ZERO, BigInteger.ZERO)), Rejection.SIGNATURE);
        assertRefused(lying().swappingSignature(signature -> der(N, N)), Rejection.SIGNATURE);
        assertRefused(
                lying().swappingSignature(
                                signature -> der(r(signature), s(signature).add(N))),
                Rejection.SIGNATURE);
        assertRefused(
                lying().swappingSignature(signature -> der(r(signature).add(N), s(signature))), Rejection.SIGNATURE);
        assertRefused(lying().swappingSignature(AuthenticationCeremonyTest::raw), Rejection.SIGNATURE);
        assertRefused(lying().swappingSignature(signature -> append(signature, 0)), Rejection.SIGNATURE);
        assertRefused(lying().swappingSignature(signature -> first(signature, 40)), Rejection.SIGNATURE);
        assertRefused(lying().swappingSignature(signature -> hex("30")), Rejection.SIGNATURE);
        assertRefused(lying().swappingSignature(signature -> Bytes.of(new byte[0])), Rejection.MALFORMED);
        assertRefused(lying().swappingSignature(signature -> Bytes.of(new byte[1025])), Rejection.MALFORMED);
    }

    @Test
    void t25_noBitOfASignatureMayFlip() {
        for (int bit = 0; bit < 8 * 70; bit += 7) {
            int position = bit;
            assertRefused(lying().swappingSignature(signature -> flipped(signature, position)), Rejection.SIGNATURE);
        }
    }

    @Test
    void t26_whatWasSignedCannotBeSwappedAfterwards() {
        assertRefused(lying().swappingClientDataJson(json -> append(json, ' ')), Rejection.SIGNATURE);
        assertRefused(lying().swappingAuthenticatorData(data -> withCounter(data, 9)), Rejection.SIGNATURE);
        assertRefused(
                lying().withFlag(Flag.USER_VERIFIED, false)
                        .swappingAuthenticatorData(data -> flipped(data, 8 * 32 + 2)),
                Rejection.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 6, 1, 0})
    void t27_aCounterThatDoesNotMoveForwardIsRefused(long counter) {
        assertThat(authenticateCounting(counter, 7).refusal()).contains(Rejection.COUNTER);
    }

    @Test
    void t27_aCounterThatMovesForwardOrIsNeverKeptIsAccepted() {
        assertThat(authenticateCounting(8, 7).passed().map(VerifiedAssertion::signCount))
                .contains(8L);
        assertThat(authenticateCounting(1_000_000, 7).passed().map(VerifiedAssertion::signCount))
                .contains(1_000_000L);
        assertThat(authenticateCounting(0, 0).passed().map(VerifiedAssertion::signCount))
                .contains(0L);
        assertThat(authenticateCounting(1, 0).passed().map(VerifiedAssertion::signCount))
                .contains(1L);
    }

    @Test
    void t27_aForgedAnswerWithAnOldCounterIsNoSignOfAClone() {
        String forged = lying().withCounter(1).signedByAnotherKey().get(server.requestOptions(), ORIGIN);

        assertThat(server.authenticate(forged, server.logon(), withCount(7)).refusal())
                .contains(Rejection.SIGNATURE);
    }

    @Test
    void t28_whatIsHarmlessIsAccepted() {
        assertAccepted(lying().swappingSignature(signature -> der(r(signature), N.subtract(s(signature)))));
        assertAccepted(lying().withMember("novelty", "{}").withMember("response.novelty", "[1]"));
        assertAccepted(lying().withClientDataMember("novelty", "{\"a\":null}"));
        assertAccepted(lying().withMember("clientExtensionResults", "{\"novelty\":true}"));
        assertAccepted(lying().withMember("authenticatorAttachment", "\"unheard-of\""));
        assertAccepted(lying().withExtensionData(hex("a1676e6f76656c7479f5")));
        assertAccepted(lying().withFlag(Flag.RESERVED_1, true).withFlag(Flag.RESERVED_2, true));
        assertAccepted(lying().withoutClientDataMember("crossOrigin"));
    }

    @Test
    void g9_attestedDataOrATailInAnAssertionIsRefused() {
        assertRefused(lying().withAttestedData(), Rejection.MALFORMED);
        assertRefused(lying().withFlag(Flag.ATTESTED_DATA, true), Rejection.MALFORMED);
        assertRefused(lying().withAuthenticatorData(data -> append(data, 0)), Rejection.MALFORMED);
        assertRefused(lying().withAuthenticatorData(data -> first(data, 36)), Rejection.MALFORMED);
        assertRefused(lying().withExtensionData(hex("80")), Rejection.MALFORMED);
        assertRefused(lying().withExtensionData(hex("a000")), Rejection.MALFORMED);
    }

    @Test
    void t33_anAnswerToABindingLogsNobodyOn() {
        String answer = device.get(server.requestOptions(), ORIGIN);

        assertThat(server.authenticate(answer, server.binding(PasskeyUse.LOGON), credential)
                        .refusal())
                .contains(Rejection.CEREMONY_UNKNOWN);
    }

    @Test
    void t33_aRegistrationLogsNobodyOn() {
        assertRefused(device.create(server.creationOptions(PasskeyUse.LOGON), ORIGIN), Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.signature", "response.authenticatorData", "response.clientDataJSON", "type"})
    void aMissingMemberIsRefused(String member) {
        assertRefused(lying().withoutMember(member), Rejection.MALFORMED);
        assertRefused(lying().withMember(member, "17"), Rejection.MALFORMED);
        assertRefused(lying().withMember(member, "[\"a\"]"), Rejection.MALFORMED);
    }

    @Test
    void aBrokenKeyInTheStoreIsARefusalAndNoException() {
        String answer = device.get(server.requestOptions(), ORIGIN);

        for (String key : List.of("", "a0", "80", "ff", "a10326", "a301020326200a", Octets.es256() + "00")) {
            Checked<VerifiedAssertion> outcome = server.authenticate(answer, server.logon(), withKey(hex(key)));
            assertThat(outcome.refusal().orElseThrow())
                    .as(key)
                    .isIn(Rejection.MALFORMED, Rejection.PUBLIC_KEY, Rejection.SIGNATURE);
        }
    }

    @Test
    void t12_aStoredKeyOfAnAlgorithmThatIsNotOfferedLogsNobodyOn() {
        String answer = device.get(server.requestOptions(), ORIGIN);
        Bytes es512 = hex(Octets.es256().replace("0326", "033823"));

        assertThat(server.authenticate(answer, server.logon(), withKey(es512)).refusal())
                .contains(Rejection.ALGORITHM);
    }

    @Test
    void optionsForALogonListNothingAndThoseForAKnownUserListTheirPasskeys() {
        assertThat(server.requestOptions())
                .isEqualTo(("{'challenge':'" + server.challenge.bytes() + "','timeout':300000,'rpId':'app.example',"
                                + "'allowCredentials':[],'userVerification':'required'}")
                        .replace('\'', '"'));
        assertThat(server.secondFactorOptions(credential))
                .contains(("'allowCredentials':[{'type':'public-key','id':'" + credential.id()
                                + "','transports':['hybrid','internal']}],'userVerification':'discouraged'")
                        .replace('\'', '"'));
    }

    private Lies lying() {
        return device.lying();
    }

    private void assertRefused(Lies lie, Rejection reason) {
        Bytes answer = lie.getBytes(server.requestOptions(), ORIGIN);
        assertThat(server.authenticate(answer, server.logon(), credential).refusal())
                .contains(reason);
    }

    private void assertRefused(String answer, Rejection reason) {
        assertThat(server.authenticate(answer, server.logon(), credential).refusal())
                .contains(reason);
    }

    private void assertAccepted(Lies lie) {
        Checked<VerifiedAssertion> outcome =
                server.authenticate(lie.get(server.requestOptions(), ORIGIN), server.logon(), credential);
        assertThat(outcome.passed().map(VerifiedAssertion::owner)).contains(server.alice);
    }

    private Checked<VerifiedAssertion> authenticateCounting(long received, long stored) {
        String answer = lying().withCounter(received).get(server.requestOptions(), ORIGIN);
        return server.authenticate(answer, server.logon(), withCount(stored));
    }

    private CredentialRecord withCount(long count) {
        return changed(credential.use(), credential.publicKey(), count);
    }

    private CredentialRecord withUse(PasskeyUse use) {
        return changed(use, credential.publicKey(), credential.signCount());
    }

    private CredentialRecord withKey(Bytes key) {
        return changed(credential.use(), key, credential.signCount());
    }

    private CredentialRecord changed(PasskeyUse use, Bytes key, long count) {
        return new CredentialRecord(
                credential.id(),
                credential.owner(),
                credential.name(),
                use,
                key,
                count,
                credential.backupEligible(),
                credential.backedUp(),
                credential.transports(),
                credential.aaguid(),
                credential.createdAt(),
                null);
    }

    private static Bytes withCounter(Bytes authenticatorData, int counter) {
        byte[] data = authenticatorData.toArray();
        data[36] = (byte) counter;
        return Bytes.of(data);
    }

    private static BigInteger r(Bytes signature) {
        byte[] der = signature.toArray();
        return new BigInteger(Arrays.copyOfRange(der, 4, 4 + der[3]));
    }

    private static BigInteger s(Bytes signature) {
        byte[] der = signature.toArray();
        return new BigInteger(Arrays.copyOfRange(der, 6 + der[3], der.length));
    }

    private static Bytes der(BigInteger r, BigInteger s) {
        String body = integer(r) + integer(s);
        return hex("30" + String.format("%02x", body.length() / 2) + body);
    }

    private static String integer(BigInteger number) {
        String digits = hex(Bytes.of(number.toByteArray()));
        return "02" + String.format("%02x", digits.length() / 2) + digits;
    }

    /** r and s beside each other, as other signature formats have it. */
    private static Bytes raw(Bytes signature) {
        return hex(String.format("%064x%064x", r(signature), s(signature)));
    }
}
