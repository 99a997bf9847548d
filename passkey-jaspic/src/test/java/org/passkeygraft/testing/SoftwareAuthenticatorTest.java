package org.passkeygraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Bytes;

class SoftwareAuthenticatorTest {
    private static final String ORIGIN = "https://app.example";

    private final SoftwareAuthenticator authenticator = SoftwareAuthenticator.synced();

    @ParameterizedTest
    @EnumSource(CoseAlgorithm.class)
    void anAssertionVerifiesWithThePublicKeyOfItsRegistration(CoseAlgorithm algorithm) {
        SoftwareAuthenticator device =
                SoftwareAuthenticator.builder().algorithms(algorithm).build();
        device.create(TestOptions.creation("alice", algorithm), ORIGIN);

        Members answer = JsonText.parseObject(device.get(TestOptions.request(), ORIGIN));

        assertThat(algorithm.verifies(
                        device.newest().publicKey(), signedBytes(answer), bytes(response(answer), "signature")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = CoseAlgorithm.class,
            names = {"ES256", "ES384", "EDDSA", "RS256"})
    void aSelfAttestationVerifiesWithTheNewKey(CoseAlgorithm algorithm) {
        SoftwareAuthenticator device = SoftwareAuthenticator.builder()
                .algorithms(algorithm)
                .selfAttestation(true)
                .build();

        Members answer = JsonText.parseObject(device.create(TestOptions.creation("alice", algorithm), ORIGIN));

        Members object = attestationObject(answer);
        Members statement = (Members) object.get("attStmt");
        assertThat(object.get("fmt")).isEqualTo("packed");
        assertThat(statement.get("alg")).isEqualTo((long) algorithm.identifier());
        assertThat(algorithm.verifies(
                        device.newest().publicKey(), signedBytes(answer), ((Bytes) statement.get("sig")).toArray()))
                .isTrue();
    }

    @Test
    void theAttestedCredentialDataHoldsIdAndKeyAndNothingElse() {
        SoftwareAuthenticator device = SoftwareAuthenticator.builder()
                .aaguid(UUID.fromString("01020304-0506-0708-0102-030405060708"))
                .build();

        Members answer = JsonText.parseObject(device.create(TestOptions.creation("alice"), ORIGIN));

        byte[] data = ((Bytes) attestationObject(answer).get("authData")).toArray();
        assertThat(Octets.slice(data, 0, 32)).isEqualTo(Octets.sha256(Draft.utf8("app.example")));
        assertThat(data[32]).isEqualTo((byte) 0b0101_1101);
        assertThat(Octets.slice(data, 33, 4)).containsOnly(0);
        assertThat(Octets.slice(data, 37, 16))
                .isEqualTo(Octets.of(1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8)
                        .toArray());
        assertThat(Octets.slice(data, 53, 2)).containsExactly(0, 32);
        assertThat(Octets.slice(data, 55, 32)).isEqualTo(device.newest().id().toArray());
        assertThat(Octets.slice(data, 87, data.length - 87))
                .isEqualTo(device.newest().coseKey().toArray());
    }

    @Test
    void aRegistrationIsWhatToJsonGives() {
        Members answer = JsonText.parseObject(authenticator.create(TestOptions.creation("alice"), ORIGIN));

        SoftwareCredential made = authenticator.newest();
        assertThat(names(answer))
                .containsExactly(
                        "id", "rawId", "response", "authenticatorAttachment", "clientExtensionResults", "type");
        assertThat(names(response(answer)))
                .containsExactly(
                        "clientDataJSON",
                        "authenticatorData",
                        "transports",
                        "publicKey",
                        "publicKeyAlgorithm",
                        "attestationObject");
        assertThat(answer.get("id")).isEqualTo(made.id().base64url()).isEqualTo(answer.get("rawId"));
        assertThat(answer.get("type")).isEqualTo("public-key");
        assertThat(bytes(response(answer), "publicKey"))
                .isEqualTo(made.publicKey().getEncoded());
        assertThat(bytes(response(answer), "authenticatorData"))
                .isEqualTo(((Bytes) attestationObject(answer).get("authData")).toArray());
        assertThat(JsonText.write(answer.get("clientExtensionResults"))).isEqualTo("{\"credProps\":{\"rk\":true}}");
    }

    @Test
    void clientDataIsWrittenAsTheStandardSays() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);

        Members answer = JsonText.parseObject(authenticator.get(TestOptions.request(), ORIGIN));

        assertThat(new String(bytes(response(answer), "clientDataJSON"), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"webauthn.get\",\"challenge\":\"" + TestOptions.CHALLENGE
                        + "\",\"origin\":\"https://app.example\",\"crossOrigin\":false}");
    }

    @Test
    void aSyncedPasskeyAlwaysCountsZero() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);

        assertThat(List.of(nextCounter(authenticator), nextCounter(authenticator)))
                .containsExactly(0, 0);
    }

    @Test
    void aSecurityKeyCounts() {
        SoftwareAuthenticator key = SoftwareAuthenticator.securityKey();
        key.create(TestOptions.creation("alice"), ORIGIN);

        assertThat(List.of(nextCounter(key), nextCounter(key))).containsExactly(1, 2);
    }

    @Test
    void theNewestDiscoverablePasskeyAnswersUnlessAnotherIsPicked() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);
        authenticator.create(TestOptions.creation("bob"), ORIGIN);
        SoftwareCredential alice = authenticator.credentials().get(0);

        assertThat(userHandle(authenticator.get(TestOptions.request(), ORIGIN)))
                .isEqualTo(TestOptions.handle("bob").base64url());
        assertThat(userHandle(authenticator.get(TestOptions.request(), ORIGIN, alice)))
                .isEqualTo(TestOptions.handle("alice").base64url());
    }

    @Test
    void aListedPasskeyAnswers() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);
        authenticator.create(TestOptions.creation("bob"), ORIGIN);
        SoftwareCredential alice = authenticator.credentials().get(0);

        assertThat(userHandle(authenticator.get(TestOptions.request(alice), ORIGIN)))
                .isEqualTo(alice.userHandle().base64url());
    }

    @Test
    void aPasskeyThatIsNotDiscoverableAnswersOnlyWhenListedAndGivesNoUserHandle() {
        SoftwareAuthenticator key = SoftwareAuthenticator.builder()
                .keepsDiscoverable(false)
                .verifiesUsers(false)
                .build();
        key.create(TestOptions.secondFactorCreation("alice"), ORIGIN);

        Members answer = JsonText.parseObject(key.get(TestOptions.secondFactorRequest(key.newest()), ORIGIN));

        assertThat(response(answer).has("userHandle")).isFalse();
        assertThat(bytes(response(answer), "authenticatorData")[32] & Flag.USER_VERIFIED.mask())
                .isZero();
        assertThatThrownBy(() -> key.get(TestOptions.secondFactorRequest(), ORIGIN))
                .isInstanceOf(CeremonyRefusedException.class)
                .hasMessageContaining("NotAllowedError");
    }

    @Test
    void oneUserHasOneDiscoverablePasskeyOnADevice() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);
        SoftwareCredential first = authenticator.newest();
        authenticator.create(TestOptions.creation("alice"), ORIGIN);

        assertThat(authenticator.credentials()).hasSize(1).doesNotContain(first);
    }

    @Test
    void anExcludedPasskeyStopsTheCeremony() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);

        assertThatThrownBy(() ->
                        authenticator.create(TestOptions.creationExcluding("alice", authenticator.newest()), ORIGIN))
                .isInstanceOf(CeremonyRefusedException.class)
                .hasMessageContaining("InvalidStateError");
    }

    @Test
    void aDeviceThatCannotVerifyItsUserRefusesWhereItMust() {
        SoftwareAuthenticator key =
                SoftwareAuthenticator.builder().verifiesUsers(false).build();

        assertThatThrownBy(() -> key.create(TestOptions.creation("alice"), ORIGIN))
                .isInstanceOf(CeremonyRefusedException.class)
                .hasMessageContaining("NotAllowedError");
    }

    @Test
    void theOriginsHostIsTheRelyingPartyWhereTheOptionsNameNone() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);
        String options = "{\"challenge\":\"" + TestOptions.CHALLENGE + "\"}";

        assertThat(userHandle(authenticator.get(options, "https://app.example:8443")))
                .isEqualTo(TestOptions.handle("alice").base64url());
    }

    @Test
    void aForgottenPasskeyIsGone() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);
        authenticator.forget(authenticator.newest());

        assertThat(authenticator.credentials()).isEmpty();
    }

    private static int nextCounter(SoftwareAuthenticator device) {
        Members answer = JsonText.parseObject(device.get(TestOptions.request(), ORIGIN));
        return bytes(response(answer), "authenticatorData")[36];
    }

    private static Object userHandle(String answer) {
        return response(JsonText.parseObject(answer)).get("userHandle");
    }

    private static byte[] signedBytes(Members answer) {
        return Octets.join(
                bytes(response(answer), "authenticatorData"), Octets.sha256(bytes(response(answer), "clientDataJSON")));
    }

    private static Members attestationObject(Members answer) {
        return (Members) Objects.requireNonNull(Cbor.decode(bytes(response(answer), "attestationObject")));
    }

    private static Members response(Members answer) {
        return (Members) answer.get("response");
    }

    private static byte[] bytes(Members members, String name) {
        return Bytes.require((String) members.get(name)).toArray();
    }

    private static List<Object> names(Members members) {
        return members.list().stream().map(Members.Member::key).toList();
    }
}
