package org.passkeygraft.ceremony;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.passkeygraft.ceremony.Octets.X;
import static org.passkeygraft.ceremony.Octets.Y;
import static org.passkeygraft.ceremony.Octets.append;
import static org.passkeygraft.ceremony.Octets.ec2;
import static org.passkeygraft.ceremony.Octets.ed25519;
import static org.passkeygraft.ceremony.Octets.es256;
import static org.passkeygraft.ceremony.Octets.first;
import static org.passkeygraft.ceremony.Octets.flipped;
import static org.passkeygraft.ceremony.Octets.hex;
import static org.passkeygraft.ceremony.Octets.recoded;
import static org.passkeygraft.ceremony.Octets.respelled;
import static org.passkeygraft.ceremony.Octets.rs256;
import static org.passkeygraft.ceremony.RelyingPartyUnderTest.NOW;
import static org.passkeygraft.ceremony.RelyingPartyUnderTest.ORIGIN;

import java.nio.charset.Charset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.testing.CoseAlgorithm;
import org.passkeygraft.testing.Flag;
import org.passkeygraft.testing.Lies;
import org.passkeygraft.testing.SoftwareAuthenticator;

class RegistrationCeremonyTest {
    private final RelyingPartyUnderTest server = new RelyingPartyUnderTest();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @Test
    void aBoundPasskeyIsRecordedWithAllThatItsRegistrationSaid() {
        UUID model = UUID.fromString("01020304-0506-0708-0102-030405060708");
        SoftwareAuthenticator device =
                SoftwareAuthenticator.builder().aaguid(model).build();

        CredentialRecord record = server.bind(device);

        assertThat(record.id().bytes()).isEqualTo(device.newest().id());
        assertThat(record.owner()).isEqualTo(server.alice);
        assertThat(record.name().text()).isEqualTo("Work laptop");
        assertThat(record.use()).isEqualTo(PasskeyUse.LOGON);
        assertThat(record.publicKey()).isEqualTo(device.newest().coseKey());
        assertThat(record.signCount()).isZero();
        assertThat(record.backupEligible()).isTrue();
        assertThat(record.backedUp()).isTrue();
        assertThat(record.transports()).containsExactly("hybrid", "internal");
        assertThat(record.aaguid()).isEqualTo(model.toString());
        assertThat(record.createdAt()).isEqualTo(NOW);
        assertThat(record.lastUsedAt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = CoseAlgorithm.class,
            names = {"ES256", "ES384", "EDDSA", "RS256"})
    void everyOfferedAlgorithmIsTakenWithAndWithoutSelfAttestation(CoseAlgorithm algorithm) {
        for (boolean selfAttestation : List.of(false, true)) {
            SoftwareAuthenticator device = SoftwareAuthenticator.builder()
                    .algorithms(algorithm)
                    .selfAttestation(selfAttestation)
                    .build();

            assertThat(server.bind(device).publicKey())
                    .isEqualTo(device.newest().coseKey());
        }
    }

    @Test
    void aKeyWithoutUserVerificationMayBeBoundAsSecondFactorOnly() {
        SoftwareAuthenticator key = SoftwareAuthenticator.builder()
                .verifiesUsers(false)
                .keepsDiscoverable(false)
                .build();
        String answer = key.create(server.creationOptions(PasskeyUse.SECOND_FACTOR), ORIGIN);

        assertThat(server.register(answer, server.binding(PasskeyUse.SECOND_FACTOR))
                        .passed()
                        .map(CredentialRecord::use))
                .contains(PasskeyUse.SECOND_FACTOR);
        assertRefused(answer, Rejection.USER_NOT_VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "[]", "17", "null", "true", "{}"})
    void t01_aResponseThatIsNoRegistrationIsRefused(String response) {
        assertRefused(lying().withMember("response", response), Rejection.MALFORMED);
    }

    @Test
    void t01_anAssertionIsNoRegistration() {
        server.bind(device);

        assertRefused(device.get(server.requestOptions(), ORIGIN), Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "rawId", "type", "response"})
    void t01_aMissingMemberIsRefused(String member) {
        assertRefused(lying().withoutMember(member), Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void t02_clientDataInAnotherEncodingIsRefused(String charset) {
        assertRefused(lying().withClientDataJson(json -> recoded(json, Charset.forName(charset))), Rejection.MALFORMED);
    }

    @Test
    void t02_clientDataThatIsNotUtf8IsRefused() {
        assertRefused(lying().withClientDataJson(json -> append(json, 0xc0, 0xaf)), Rejection.MALFORMED);
    }

    @Test
    void t02_aRepeatedMemberOfTheClientDataIsRefused() {
        assertRefused(lying().withRepeatedClientDataMember("origin", "\"https://app.example\""), Rejection.MALFORMED);
        assertRefused(lying().withRepeatedClientDataMember("crossOrigin", "false"), Rejection.MALFORMED);
    }

    @Test
    void t02_somethingAfterTheClientDataIsRefused() {
        assertRefused(lying().withClientDataJson(json -> append(json, '{', '}')), Rejection.MALFORMED);
    }

    @Test
    void t02_clientDataNestedFiftyThousandDeepIsRefusedWithoutAStackOverflow() {
        assertRefused(
                lying().withClientDataMember("deep", "[".repeat(50_000) + "]".repeat(50_000)), Rejection.MALFORMED);
        assertRefused(lying().withClientDataMember("deep", "[".repeat(3000) + "]".repeat(3000)), Rejection.MALFORMED);
    }

    @Test
    void t02_aBodyThatIsNotStrictJsonIsRefused() {
        assertRefused(lying().withRepeatedMember("type", "\"public-key\""), Rejection.MALFORMED);
        assertRefused(lying().withBody(body -> append(body, 'x')), Rejection.MALFORMED);
        assertRefused(lying().withBody(body -> recoded(body, UTF_16LE)), Rejection.MALFORMED);
        assertRefused(lying().withBody(body -> recoded(body, UTF_16BE)), Rejection.MALFORMED);
        assertRefused(lying().withBody(body -> Bytes.of(new byte[0])), Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webauthn.get", "Webauthn.create", "webauthn.create ", "payment.get", ""})
    void t03_anotherTypeIsRefused(String type) {
        assertRefused(lying().withType(type), Rejection.WRONG_TYPE);
    }

    @Test
    void t03_aMissingTypeIsRefused() {
        assertRefused(lying().withoutClientDataMember("type"), Rejection.MALFORMED);
        assertRefused(lying().withMember("type", "\"password\""), Rejection.MALFORMED);
    }

    @Test
    void t04_aChallengeThatIsNotTheOneKeptIsRefused() {
        String good = server.challenge.bytes().base64url();

        assertRefused(
                lying().withChallenge(
                                new RelyingPartyUnderTest().challenge.bytes().base64url()),
                unknown());
        assertRefused(lying().withChallenge(""), unknown());
        assertRefused(lying().withChallenge(good.substring(0, 40)), unknown());
        assertRefused(lying().withChallenge(good + "="), unknown());
        assertRefused(lying().withChallenge(good + "AAAA"), unknown());
        assertRefused(lying().withChallenge(respelled(good)), unknown());
        assertRefused(lying().withClientDataMember("challenge", "17"), Rejection.MALFORMED);
        assertRefused(lying().withoutClientDataMember("challenge"), Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example",
                "https://app.example:8443",
                "https://app.example:443",
                "https://app.example/",
                "https://APP.example",
                "https://evil.app.example",
                "https://app.example.evil",
                "https://evilapp.example",
                "https://example",
                "null",
                "",
                "android:apk-key-hash:7d1043473d55bfa90e8530d35801d4e381bc69f0"
            })
    void t05_anotherOriginIsRefused(String origin) {
        assertRefused(lying().withOrigin(origin), Rejection.WRONG_ORIGIN);
    }

    @Test
    void t05_anOriginThatIsNoTextIsRefused() {
        assertRefused(lying().withClientDataMember("origin", "[\"" + ORIGIN + "\"]"), Rejection.MALFORMED);
        assertRefused(lying().withClientDataMember("origin", "null"), Rejection.MALFORMED);
        assertRefused(lying().withoutClientDataMember("origin"), Rejection.MALFORMED);
    }

    @Test
    void t05_everyConfiguredOriginIsTaken() {
        assertAccepted(lying().withOrigin("https://www.app.example"));
    }

    @Test
    void t06_aCeremonyInAFrameIsRefused() {
        assertRefused(lying().withCrossOrigin(true), Rejection.CROSS_ORIGIN);
        assertRefused(lying().withTopOrigin("https://evil.example"), Rejection.CROSS_ORIGIN);
        assertRefused(lying().withTopOrigin(ORIGIN), Rejection.CROSS_ORIGIN);
        assertRefused(lying().withClientDataMember("topOrigin", "null"), Rejection.CROSS_ORIGIN);
        assertRefused(lying().withClientDataMember("crossOrigin", "\"false\""), Rejection.MALFORMED);
        assertAccepted(lying().withoutClientDataMember("crossOrigin"));
    }

    @Test
    void t07_aMalformedAttestationObjectIsRefused() {
        assertRefused(attestationObject(object -> append(object, 0)), Rejection.MALFORMED);
        assertRefused(attestationObject(object -> first(object, object.length() - 1)), Rejection.MALFORMED);
        assertRefused(attestationObject(object -> hex("a0")), Rejection.MALFORMED);
        assertRefused(attestationObject(object -> hex("80")), Rejection.MALFORMED);
        assertRefused(attestationObject(object -> hex("bf" + hex(object).substring(2) + "ff")), Rejection.MALFORMED);
        assertRefused(
                attestationObject(object -> hex("a4" + hex(object).substring(2) + "617800")), Rejection.MALFORMED);
        assertRefused(
                attestationObject(object -> hex("a4" + hex(object).substring(2) + "63666d74646e6f6e65")),
                Rejection.MALFORMED);
        assertRefused(attestationObject(object -> hex("d9d9f7" + hex(object))), Rejection.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a363666d747b7fffffffffffffff",
                "a363666d745b00000000ffffffff00",
                "a363666d749b7fffffffffffffff00",
                "bb7fffffffffffffff00",
                "bbffffffffffffffff00",
                "9b0000000100000000",
                "a363666d745a7fffffff"
            })
    void t07_aHugeDeclaredLengthIsRefusedBeforeAnythingIsAllocated(String cbor) {
        assertRefused(attestationObject(object -> hex(cbor)), Rejection.MALFORMED);
    }

    @Test
    void t07_aDeepAttestationObjectIsRefused() {
        assertRefused(attestationObject(object -> hex("81".repeat(12_000) + "00")), Rejection.MALFORMED);
        assertRefused(attestationObject(object -> hex("a100".repeat(3000) + "00")), Rejection.MALFORMED);
    }

    @Test
    void t07_anAttestationObjectOverSixteenKibibytesIsRefused() {
        assertRefused(lying().withExtensionData(hex("a16178594000" + "00".repeat(0x4000))), Rejection.MALFORMED);
    }

    @Test
    void t08_theHashOfAnotherRelyingPartyIsRefused() {
        assertRefused(lying().withRpId("evil.example"), Rejection.WRONG_RELYING_PARTY);
        assertRefused(lying().withRpId("example"), Rejection.WRONG_RELYING_PARTY);
        assertRefused(lying().withRpIdHash(Bytes.of(new byte[32])), Rejection.WRONG_RELYING_PARTY);
    }

    @Test
    void t09_anAbsentUserIsRefused() {
        assertRefused(lying().withFlag(Flag.USER_PRESENT, false), Rejection.USER_NOT_PRESENT);
    }

    /** Section 7.1, step 15: of conditional mediation alone. Nothing else of the answer is taken for granted. */
    @Test
    void t09_nobodyNeedBePresentWhereTheBrowserActsByItself() {
        Lies unattended = lying().withFlag(Flag.USER_PRESENT, false).withFlag(Flag.USER_VERIFIED, false);

        assertThat(upgraded(unattended).passed()).isPresent();
        assertThat(upgraded(unattended.withOrigin("https://evil.example")).refusal())
                .contains(Rejection.WRONG_ORIGIN);
        assertThat(upgraded(unattended.withRpId("evil.example")).refusal()).contains(Rejection.WRONG_RELYING_PARTY);
        assertThat(upgraded(unattended.withFlag(Flag.BACKUP_ELIGIBLE, false)).refusal())
                .contains(Rejection.BACKUP_FLAGS);
        assertRefused(unattended, Rejection.USER_NOT_PRESENT);
    }

    private Checked<CredentialRecord> upgraded(Lies lie) {
        String options = server.creationOptions(CeremonyKind.UPGRADE, PasskeyUse.LOGON);
        return server.register(lie.create(options, ORIGIN), server.upgrade());
    }

    @Test
    void t10_anUnverifiedUserIsRefusedWhereVerificationIsRequired() {
        assertRefused(lying().withFlag(Flag.USER_VERIFIED, false), Rejection.USER_NOT_VERIFIED);
    }

    @Test
    void t11_anImpossibleBackupStateIsRefused() {
        assertRefused(lying().withFlag(Flag.BACKUP_ELIGIBLE, false), Rejection.BACKUP_FLAGS);
        assertAccepted(lying().withFlag(Flag.BACKED_UP, false));
    }

    @ParameterizedTest
    @EnumSource(
            value = CoseAlgorithm.class,
            names = {"ES512", "ED448", "RS384", "RS512", "RS1"})
    void t12_anAlgorithmThatWasNotOfferedIsRefused(CoseAlgorithm algorithm) {
        assertRefused(lying().withAlgorithm(algorithm), Rejection.ALGORITHM);
    }

    @Test
    void t12_anEd25519KeyOfSmallOrderOrAnotherLengthIsRefused() {
        assertRefused(lying().withPublicKey(hex(ed25519("01" + "00".repeat(31)))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(ed25519("01"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(ed25519("03".repeat(33)))), Rejection.PUBLIC_KEY);
    }

    @Test
    void t12_everyEd25519PointOfSmallOrderIsRefused() {
        List<String> small = List.of(
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

        for (String point : small) {
            assertThat(Edwards25519.isGoodKey(hex(point))).as(point).isFalse();
        }
    }

    @Test
    void t12_anEd25519KeyOffTheCurveIsRefused() {
        // y = 2 has no x.
        assertRefused(lying().withPublicKey(hex(ed25519("02" + "00".repeat(31)))), Rejection.PUBLIC_KEY);
    }

    @Test
    void t12_aPointOffItsCurveIsRefused() {
        String x = "11".repeat(32);
        assertRefused(lying().withPublicKey(hex(ec2("26", "01", x, "22".repeat(32)))), Rejection.PUBLIC_KEY);
        assertRefused(
                lying().withPublicKey(hex(ec2("26", "01", "00".repeat(32), "00".repeat(32)))), Rejection.PUBLIC_KEY);
        assertRefused(
                lying().withPublicKey(hex(ec2("26", "01", "ff".repeat(32), "ff".repeat(32)))), Rejection.PUBLIC_KEY);
    }

    @Test
    void t12_aCoordinateOfAnotherLengthIsRefused() {
        assertRefused(lying().withPublicKey(hex(ec2("26", "01", "00" + X, Y))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(ec2("26", "01", X.substring(2), Y))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(ec2("26", "01", X, Y + "00"))), Rejection.PUBLIC_KEY);
        assertAccepted(lying().withPublicKey(hex(ec2("26", "01", X, Y))));
    }

    @Test
    void t12_anAlgorithmOfAnotherKeyTypeOrCurveIsRefused() {
        assertRefused(lying().withPublicKey(hex(es256().replace("a5010203", "a5010103"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(es256().replace("0326", "0327"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(es256().replace("032620", "03382220"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(es256().replace("0326", "03390100"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(es256().replace("2001", "2002"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(es256().replace("2001", "2008"))), Rejection.PUBLIC_KEY);
    }

    @Test
    void t12_aKeyWithAnotherMemberOrOneTooFewIsRefused() {
        assertRefused(lying().withPublicKey(hex("a6" + es256().substring(2) + "0400")), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex("a4" + es256().substring(2, 84))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex("a6" + es256().substring(2) + "0326")), Rejection.MALFORMED);
        assertRefused(lying().withPublicKey(hex("a6" + es256().substring(2) + "617800")), Rejection.MALFORMED);
        assertRefused(lying().withPublicKey(hex("a0")), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex("80")), Rejection.MALFORMED);
    }

    @Test
    void t12_aCompressedPointIsRefused() {
        String compressed = es256().substring(0, 84) + "22f5";

        assertRefused(lying().withPublicKey(hex(compressed)), Rejection.PUBLIC_KEY);
    }

    @Test
    void t12_aWeakRsaKeyIsRefused() {
        String modulus2048 = "c5" + "a7".repeat(255);

        assertAccepted(lying().withPublicKey(hex(rs256(modulus2048, "010001"))));
        assertAccepted(lying().withPublicKey(hex(rs256(modulus2048, "03"))));
        assertRefused(lying().withPublicKey(hex(rs256("c5" + "a7".repeat(127), "010001"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(rs256("75" + "a7".repeat(255), "010001"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(rs256("c5" + "a7".repeat(512), "010001"))), Rejection.PUBLIC_KEY);
        assertRefused(
                lying().withPublicKey(hex(rs256("c5" + "a7".repeat(254) + "a6", "010001"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(rs256(modulus2048, "01"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(rs256(modulus2048, "010000"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(rs256(modulus2048, "00"))), Rejection.PUBLIC_KEY);
        assertRefused(lying().withPublicKey(hex(rs256(modulus2048, "03".repeat(9)))), Rejection.PUBLIC_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed", "tpm", "android-key", "android-safetynet", "fido-u2f", "apple", "compound", "x"})
    void t13_anAttestationOfAnyOtherKindIsRefused(String format) {
        assertRefused(lying().withAttestation(format, hex("a0")), Rejection.ATTESTATION);
    }

    @Test
    void t13_aStatementThatDoesNotFitItsFormatIsRefused() {
        assertRefused(lying().withAttestation("none", hex("a1616100")), Rejection.ATTESTATION);
        assertRefused(lying().withAttestation("none", hex("80")), Rejection.MALFORMED);
        assertRefused(lying().withAttestation("None", hex("a0")), Rejection.ATTESTATION);
        assertRefused(lying().withAttestation("packed", hex("a263616c672663736967f6")), Rejection.ATTESTATION);
        assertRefused(lying().withAttestation("packed", hex("a263616c67266373696740")), Rejection.ATTESTATION);
        assertRefused(
                lying().withAttestation("packed", hex("a363616c6726637369674063783563814100")), Rejection.ATTESTATION);
    }

    @Test
    void t13_aSelfAttestationOfAnotherKeyOrAlgorithmIsRefused() {
        SoftwareAuthenticator device =
                SoftwareAuthenticator.builder().selfAttestation(true).build();

        assertRefused(device.lying().signedByAnotherKey(), Rejection.ATTESTATION);
        assertRefused(device.lying().swappingSignature(signature -> flipped(signature, 100)), Rejection.ATTESTATION);
        assertRefused(device.lying().swappingSignature(signature -> hex("3006020100020100")), Rejection.ATTESTATION);
        assertRefused(device.lying().swappingClientDataJson(json -> append(json, ' ')), Rejection.ATTESTATION);
        assertRefused(device.lying().withPublicKey(hex(es256())), Rejection.ATTESTATION);
        assertRefused(device.lying().withAttestation("packed", hex("a263616c6738226373696740")), Rejection.ATTESTATION);
    }

    @Test
    void t14_aCredentialIdOfOneThousandAndTwentyThreeBytesIsTakenAndALongerOneIsNot() {
        assertAccepted(lying().withCredentialId(Bytes.of(new byte[1023])));
        assertAccepted(lying().withCredentialId(Bytes.of(new byte[1])));
        assertRefused(lying().withCredentialId(Bytes.of(new byte[1024])), Rejection.MALFORMED);
        assertRefused(lying().withCredentialId(Bytes.of(new byte[0])), Rejection.MALFORMED);
    }

    @Test
    void t14_aCredentialIdUnlikeTheOneInTheJsonIsRefused() {
        String other = Bytes.of(new byte[32]).base64url();

        assertRefused(lying().withAttestedCredentialId(Bytes.of(new byte[32])), Rejection.MALFORMED);
        assertRefused(lying().withId(other), Rejection.MALFORMED);
        assertRefused(lying().withRawId(other), Rejection.MALFORMED);
        assertRefused(lying().withId(other).withRawId(other), Rejection.MALFORMED);
        assertRefused(lying().withId(""), Rejection.MALFORMED);
    }

    @Test
    void t14_anIdInAnotherSpellingIsRefused() {
        assertRefused(
                lying().withSpelling("id", id -> id + "=").withSpelling("rawId", id -> id + "="), Rejection.MALFORMED);
        assertRefused(
                lying().withSpelling("id", Octets::respelled).withSpelling("rawId", Octets::respelled),
                Rejection.MALFORMED);
        assertRefused(lying().withSpelling("response.attestationObject", text -> text + "=="), Rejection.MALFORMED);
        assertRefused(lying().withSpelling("response.attestationObject", text -> "+" + text), Rejection.MALFORMED);
    }

    @Test
    void t16_theClientsOwnReadingOfItsAnswerIsIgnored() {
        Checked<CredentialRecord> outcome = server.register(
                lying().withMember("response.publicKey", "\"AAAA\"")
                        .withMember("response.publicKeyAlgorithm", "-65535")
                        .withMember("response.authenticatorData", "\"AAAA\"")
                        .create(server.creationOptions(PasskeyUse.LOGON), ORIGIN),
                server.binding(PasskeyUse.LOGON));

        assertThat(outcome.passed().map(record -> record.publicKey().length())).contains(77);
    }

    @Test
    void t17_unaskedExtensionsAreIgnoredAndMisshapenOnesRefused() {
        assertAccepted(lying().withMember("clientExtensionResults", "{\"unknown\":{\"a\":[1]},\"appidExclude\":true}"));
        assertAccepted(lying().withMember("clientExtensionResults", "{}"));
        assertAccepted(lying().withoutMember("clientExtensionResults"));
        assertAccepted(lying().withMember("clientExtensionResults", "null"));
        assertAccepted(lying().withExtensionData(hex("a16b6372656450726f7465637403")));
        assertRefused(lying().withMember("clientExtensionResults", "{\"credProps\":true}"), Rejection.EXTENSIONS);
        assertRefused(
                lying().withMember("clientExtensionResults", "{\"credProps\":{\"rk\":\"true\"}}"),
                Rejection.EXTENSIONS);
        assertRefused(lying().withMember("clientExtensionResults", "[]"), Rejection.MALFORMED);
    }

    @Test
    void t17_extensionDataThatIsNoMapOrHasATailIsRefused() {
        assertRefused(lying().withExtensionData(hex("80")), Rejection.MALFORMED);
        assertRefused(lying().withExtensionData(hex("a000")), Rejection.MALFORMED);
        assertRefused(lying().withExtensionData(hex("a10100")), Rejection.MALFORMED);
        assertRefused(lying().withExtensionData(hex("a2616100616100")), Rejection.MALFORMED);
        assertRefused(lying().withFlag(Flag.EXTENSION_DATA, true), Rejection.MALFORMED);
        assertRefused(lying().withExtensionData(hex("a0")).withFlag(Flag.EXTENSION_DATA, false), Rejection.MALFORMED);
    }

    @Test
    void t18_aPasskeyThatIsNotDiscoverableCannotBeBoundForLogon() {
        Lies lie = lying().withMember("clientExtensionResults", "{\"credProps\":{\"rk\":false}}");

        assertRefused(lie, Rejection.CREDENTIAL_USE);
        assertThat(server.register(
                                lie.create(server.creationOptions(PasskeyUse.SECOND_FACTOR), ORIGIN),
                                server.binding(PasskeyUse.SECOND_FACTOR))
                        .passed())
                .isPresent();
    }

    @Test
    void t18_attachmentIsAHintOnly() {
        assertAccepted(lying().withMember("authenticatorAttachment", "\"cross-platform\""));
        assertAccepted(lying().withMember("authenticatorAttachment", "\"unheard-of\""));
        assertAccepted(lying().withoutMember("authenticatorAttachment"));
    }

    @Test
    void g3_aMemberThatNobodyKnowsYetLocksNobodyOut() {
        assertAccepted(lying().withMember("novelty", "{\"a\":[1,null]}")
                .withMember("response.novelty", "true")
                .withClientDataMember("novelty", "[{}]"));
    }

    @Test
    void g9_authenticatorDataOfAnotherLengthIsRefused() {
        assertRefused(lying().withAuthenticatorData(data -> append(data, 0)), Rejection.MALFORMED);
        for (int length = 0; length < 164; length++) {
            int end = length;
            assertRefused(lying().withAuthenticatorData(data -> first(data, end)), Rejection.MALFORMED);
        }
        assertRefused(lying().withFlag(Flag.ATTESTED_DATA, false), Rejection.MALFORMED);
    }

    @Test
    void g10_onlyKnownTransportsAreKeptAndNeverAThousand() {
        assertThat(registered(lying().withMember(
                                        "response.transports", "[\"usb\",\"<script>\",\"internal\",\"usb\",\"\"]"))
                        .transports())
                .containsExactly("usb", "internal");
        assertThat(registered(lying().withoutMember("response.transports")).transports())
                .isEmpty();
        assertRefused(
                lying().withMember("response.transports", "[" + "\"usb\",".repeat(16) + "\"usb\"]"),
                Rejection.MALFORMED);
        assertRefused(lying().withMember("response.transports", "\"usb\""), Rejection.MALFORMED);
        assertRefused(lying().withMember("response.transports", "[1]"), Rejection.MALFORMED);
    }

    @Test
    void t33_anAnswerToAnotherKindOfCeremonyBindsNothing() {
        String answer = device.create(server.creationOptions(PasskeyUse.LOGON), ORIGIN);

        assertThat(server.register(answer, server.logon()).refusal()).contains(unknown());
        assertThat(server.register(answer, server.confirmation(server.alice, PasskeyUse.LOGON))
                        .refusal())
                .contains(unknown());
    }

    @Test
    void anyBitOfTheAttestationObjectCanFlipWithoutAnException() {
        for (int bit = 0; bit < 8 * 194; bit += 3) {
            int position = bit;
            String answer = lying().withAttestationObject(object -> flipped(object, position % (8 * object.length())))
                    .create(server.creationOptions(PasskeyUse.LOGON), ORIGIN);

            assertThatCode(() -> server.register(answer, server.binding(PasskeyUse.LOGON)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void optionsAskForWhatIsCheckedAfterwards() {
        CredentialRecord known = server.bind(device);

        assertThat(server.creationOptions(PasskeyUse.LOGON, known))
                .isEqualTo(("{'rp':{'id':'app.example','name':'App'},"
                                + "'user':{'id':'" + server.alice + "','name':'alice','displayName':'alice'},"
                                + "'challenge':'" + server.challenge.bytes() + "',"
                                + "'pubKeyCredParams':[{'type':'public-key','alg':-7},{'type':'public-key','alg':-8},"
                                + "{'type':'public-key','alg':-35},{'type':'public-key','alg':-257}],"
                                + "'timeout':300000,"
                                + "'excludeCredentials':[{'type':'public-key','id':'" + known.id()
                                + "','transports':['hybrid','internal']}],"
                                + "'authenticatorSelection':{'residentKey':'required','requireResidentKey':true,"
                                + "'userVerification':'required'},"
                                + "'attestation':'none','extensions':{'credProps':true}}")
                        .replace('\'', '"'));
        assertThat(server.creationOptions(PasskeyUse.SECOND_FACTOR))
                .contains("\"residentKey\":\"discouraged\",\"requireResidentKey\":false,"
                        + "\"userVerification\":\"discouraged\"");
        assertThat(server.creationOptions(CeremonyKind.UPGRADE, PasskeyUse.LOGON))
                .contains("\"residentKey\":\"required\",\"requireResidentKey\":true,"
                        + "\"userVerification\":\"preferred\"");
    }

    private Lies lying() {
        return device.lying();
    }

    private Lies attestationObject(UnaryOperator<Bytes> change) {
        return lying().withAttestationObject(change);
    }

    private void assertRefused(Lies lie, Rejection reason) {
        Bytes answer = lie.createBytes(server.creationOptions(PasskeyUse.LOGON), ORIGIN);
        assertThat(server.register(answer, server.binding(PasskeyUse.LOGON)).refusal())
                .contains(reason);
    }

    private void assertRefused(String answer, Rejection reason) {
        assertThat(server.register(answer, server.binding(PasskeyUse.LOGON)).refusal())
                .contains(reason);
    }

    private void assertAccepted(Lies lie) {
        assertThat(registered(lie).owner()).isEqualTo(server.alice);
    }

    private CredentialRecord registered(Lies lie) {
        Checked<CredentialRecord> outcome = server.register(
                lie.create(server.creationOptions(PasskeyUse.LOGON), ORIGIN), server.binding(PasskeyUse.LOGON));
        return outcome.passed().orElseThrow(() -> new AssertionError(outcome));
    }

    private static Rejection unknown() {
        return Rejection.CEREMONY_UNKNOWN;
    }
}
