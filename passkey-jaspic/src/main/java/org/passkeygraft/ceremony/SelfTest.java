package org.passkeygraft.ceremony;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;
import org.passkeygraft.json.Json;

/** One logon in memory: a good signature must pass and one of zeros must not (CVE-2022-21449, T-25). */
final class SelfTest {
    private static final RelyingParty RELYING_PARTY =
            new RelyingParty("self-test.invalid", "Self-test", Set.of("https://self-test.invalid"));
    private static final int COORDINATE_LENGTH = 32;
    private static final byte USER_PRESENT_AND_VERIFIED = 0x05;
    /** A DER sequence of r = 0 and s = 0. */
    private static final Bytes ZEROS = Bytes.of(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0});

    private final SecureRandom random = new SecureRandom();
    private final AuthenticationCeremony ceremony = new AuthenticationCeremony(RELYING_PARTY);
    private final Challenge challenge = Challenge.random(random);
    private final UserHandle owner = UserHandle.random(random);
    private final CredentialId id = new CredentialId(UserHandle.random(random).bytes());

    private SelfTest() {}

    static void run() {
        try {
            new SelfTest().requireSoundVerifier();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java platform cannot sign and verify ES256: use another", missing);
        }
    }

    private void requireSoundVerifier() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair keys = generator.generateKeyPair();
        CredentialRecord credential = credential((ECPublicKey) keys.getPublic());
        if (finish(sign(keys), credential).isPresent()) {
            throw new IllegalStateException("this Java platform refuses a good ES256 signature: use another");
        }
        if (!finish(ZEROS, credential).equals(Optional.of(Rejection.SIGNATURE))) {
            throw new IllegalStateException(
                    "this Java platform takes a forged ES256 signature (CVE-2022-21449): update it");
        }
    }

    private Optional<Rejection> finish(Bytes signature, CredentialRecord credential) {
        Instant now = Instant.EPOCH;
        PendingCeremony pending = new PendingCeremony(
                CeremonyKind.LOGON, challenge, now, now.plusSeconds(60), "", "", PasskeyUse.LOGON, "");
        ParsedAssertion assertion = ceremony.parse(answer(signature))
                .passed()
                .orElseThrow(() -> new IllegalStateException("the self-test's own assertion is malformed"));
        return ceremony.verify(assertion, pending, credential).refusal();
    }

    private Bytes sign(KeyPair keys) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate(), random);
        signature.update(authenticatorData().toArray());
        signature.update(clientData().sha256().toArray());
        return Bytes.of(signature.sign());
    }

    private CeremonyAnswer answer(Bytes signature) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("clientDataJSON", clientData().base64url());
        response.put("authenticatorData", authenticatorData().base64url());
        response.put("signature", signature.base64url());
        response.put("userHandle", owner.toString());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id.toString());
        answer.put("rawId", id.toString());
        answer.put("type", "public-key");
        answer.put("response", response);
        answer.put("clientExtensionResults", Map.of());
        return new CeremonyAnswer(utf8(Json.write(answer)), Map.of());
    }

    private Bytes clientData() {
        Map<String, Object> clientData = new LinkedHashMap<>();
        clientData.put("type", "webauthn.get");
        clientData.put("challenge", challenge.bytes().base64url());
        clientData.put("origin", RELYING_PARTY.origins().iterator().next());
        return utf8(Json.write(clientData));
    }

    private static Bytes authenticatorData() {
        ByteBuffer data = ByteBuffer.allocate(37);
        data.put(utf8(RELYING_PARTY.id()).sha256().toArray());
        data.put(USER_PRESENT_AND_VERIFIED);
        return Bytes.of(data.array());
    }

    private CredentialRecord credential(ECPublicKey key) {
        return new CredentialRecord(
                id,
                owner,
                new PasskeyName("Self-test"),
                PasskeyUse.LOGON,
                coseKey(key),
                0,
                false,
                false,
                List.of(),
                "00000000-0000-0000-0000-000000000000",
                Instant.EPOCH,
                null);
    }

    /** {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR. */
    private static Bytes coseKey(ECPublicKey key) {
        ByteArrayOutputStream cbor = new ByteArrayOutputStream();
        cbor.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, COORDINATE_LENGTH});
        cbor.writeBytes(coordinate(key.getW().getAffineX()));
        cbor.writeBytes(new byte[] {0x22, 0x58, COORDINATE_LENGTH});
        cbor.writeBytes(coordinate(key.getW().getAffineY()));
        return Bytes.of(cbor.toByteArray());
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_LENGTH];
        int length = Math.min(signed.length, COORDINATE_LENGTH);
        System.arraycopy(signed, signed.length - length, fixed, COORDINATE_LENGTH - length, length);
        return fixed;
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
