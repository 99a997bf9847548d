package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Bytes;
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
import org.passkeygraft.json.Json;
import org.passkeygraft.testing.AuthenticatorMaker;

/**
 * The test vectors of WebAuthn Level 3, section "Test Vectors" (attribution in w3c-level3.md). They are examples of the
 * protocol, not of our policy, so most are refused, each for the reason stated: user verification missing where a logon
 * requires it, a ceremony in a frame, an algorithm that is not offered, an attestation that we did not ask for. No vector
 * has user verification in both ceremonies and passes both for a logon.
 */
class W3cTestVectorsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final UserHandle OWNER = new UserHandle(Bytes.of(new byte[32]));
    private static final JsonNode FILE = file();
    private static final X509Certificate STANDARDS_ROOT = root();

    private final RelyingParty relyingParty = new RelyingParty("example.org", "W3C", Set.of("https://example.org"));

    /** Registration for a logon, registration as second factor, authentication for each. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "none-es256,                    USER_NOT_VERIFIED, accepted,     USER_NOT_VERIFIED, accepted",
        "packed-self-es256,             accepted,          accepted,     USER_NOT_VERIFIED, accepted",
        "none-es256-crossOrigin,        CROSS_ORIGIN,      CROSS_ORIGIN, CROSS_ORIGIN,      CROSS_ORIGIN",
        "none-es256-topOrigin,          CROSS_ORIGIN,      CROSS_ORIGIN, CROSS_ORIGIN,      CROSS_ORIGIN",
        "none-es256-long-credential-id, USER_NOT_VERIFIED, accepted,     accepted,          accepted",
        "packed-es256,                  ATTESTATION,       ATTESTATION,  accepted,          accepted",
        "packed-es384,                  USER_NOT_VERIFIED, ATTESTATION,  accepted,          accepted",
        // Its challenges have 128 bytes: never one of ours, whatever else.
        "packed-es512,                  CEREMONY_UNKNOWN, CEREMONY_UNKNOWN, CEREMONY_UNKNOWN, CEREMONY_UNKNOWN",
        "packed-rs256,                  ATTESTATION,       ATTESTATION,  USER_NOT_VERIFIED, accepted",
        "packed-eddsa,                  USER_NOT_VERIFIED, ATTESTATION,  USER_NOT_VERIFIED, accepted",
        "packed-ed448,                  USER_NOT_VERIFIED, ALGORITHM,    ALGORITHM,         ALGORITHM",
        "tpm-es256,                     ATTESTATION,       ATTESTATION,  accepted,          accepted",
        "android-key-es256,             ATTESTATION,       ATTESTATION,  USER_NOT_VERIFIED, accepted",
        "apple-es256,                   USER_NOT_VERIFIED, ATTESTATION,  USER_NOT_VERIFIED, accepted",
        "fido-u2f-es256,                USER_NOT_VERIFIED, ATTESTATION,  USER_NOT_VERIFIED, accepted",
    })
    void aVectorIsJudgedByItsFactsAndOurPolicy(
            String id, String boundForLogon, String boundAsSecond, String loggedOn, String asSecond) {
        JsonNode vector = vector(id);

        assertThat(registration(vector, PasskeyUse.LOGON)).isEqualTo(boundForLogon);
        assertThat(registration(vector, PasskeyUse.SECOND_FACTOR)).isEqualTo(boundAsSecond);
        assertThat(authentication(vector, PasskeyUse.LOGON)).isEqualTo(loggedOn);
        assertThat(authentication(vector, PasskeyUse.SECOND_FACTOR)).isEqualTo(asSecond);
    }

    /** Asked for a proof of the model: registration for a logon, and as second factor. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tpm-es256,         accepted,          accepted",
        "apple-es256,       USER_NOT_VERIFIED, accepted",
        "fido-u2f-es256,    USER_NOT_VERIFIED, accepted",
        // Its country is AA, which no country has.
        "packed-es256,      ATTESTATION,       ATTESTATION",
        // Not verified by the library.
        "android-key-es256, AUTHENTICATOR,     AUTHENTICATOR",
        "packed-self-es256, AUTHENTICATOR,     AUTHENTICATOR",
        "none-es256,        USER_NOT_VERIFIED, AUTHENTICATOR",
    })
    void aProofOfTheModelCountsIfItLeadsToTheRootOfTheStandard(String id, String boundForLogon, String boundAsSecond) {
        assertThat(proof(id, STANDARDS_ROOT, PasskeyUse.LOGON)).isEqualTo(boundForLogon);
        assertThat(proof(id, STANDARDS_ROOT, PasskeyUse.SECOND_FACTOR)).isEqualTo(boundAsSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpm-es256", "apple-es256", "fido-u2f-es256"})
    void t13_aProofThatLeadsToAnotherRootIsNone(String id) {
        AuthenticatorMaker another = AuthenticatorMaker.of(new UUID(0, 0), NOW.plus(Duration.ofDays(365)));

        assertThat(proof(id, another.root(), PasskeyUse.SECOND_FACTOR)).isEqualTo("ATTESTATION");
    }

    /** A blank more in the client data, which says the same. */
    @ParameterizedTest
    @ValueSource(strings = {"tpm-es256", "apple-es256", "fido-u2f-es256"})
    void t13_aProofOfAnotherAnswerIsNone(String id) {
        ObjectNode vector = vector(id).deepCopy();
        ObjectNode registration = (ObjectNode) vector.get("registration");
        String said = new String(bytes(registration, "clientDataJSON").toArray(), StandardCharsets.UTF_8);
        Bytes respaced = Bytes.of(said.replaceFirst("\\{", "{ ").getBytes(StandardCharsets.UTF_8));
        registration.put("clientDataJSON", respaced.base64url());

        assertThat(proof(vector, STANDARDS_ROOT, PasskeyUse.SECOND_FACTOR)).isEqualTo("ATTESTATION");
    }

    private String proof(String id, X509Certificate root, PasskeyUse use) {
        return proof(vector(id), root, use);
    }

    private String proof(JsonNode vector, X509Certificate root, PasskeyUse use) {
        RegistrationCeremony ceremony = new RegistrationCeremony(relyingParty, Set.of(root), () -> NOW);
        Checked<ParsedRegistration> parsed = ceremony.parse(registrationAnswer(vector));
        return outcome(parsed, answer -> ceremony.verify(answer, binding(vector, use), AttestationConveyance.DIRECT));
    }

    @Test
    void everyVectorOfTheFileIsJudged() {
        List<String> ids = new ArrayList<>();
        FILE.get("vectors").forEach(vector -> ids.add(vector.get("id").textValue()));

        assertThat(ids).hasSize(15).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed-es512", "packed-ed448"})
    void theKeyOfAnAlgorithmThatIsNotOfferedIsRefusedForThat(String id) throws Refusal {
        CoseKey key = CoseKey.parse(bytes(vector(id).get("facts"), "coseKey"));

        assertThat(Attempt.outcome(key::check).refusal()).contains(Rejection.ALGORITHM);
    }

    @Test
    void whatIsRecordedIsWhatTheVectorSays() {
        JsonNode vector = vector("none-es256-long-credential-id");

        RegistrationCeremony ceremony = new RegistrationCeremony(relyingParty, Set.of(), () -> NOW);
        CredentialRecord record = ceremony.parse(registrationAnswer(vector))
                .passed()
                .flatMap(parsed -> ceremony.verify(
                                parsed, binding(vector, PasskeyUse.SECOND_FACTOR), AttestationConveyance.NONE)
                        .passed())
                .orElseThrow();

        assertThat(record.id().bytes()).isEqualTo(bytes(vector.get("registration"), "credentialId"));
        assertThat(record.id().bytes().length()).isEqualTo(1023);
        assertThat(record.publicKey()).isEqualTo(bytes(vector.get("facts"), "coseKey"));
        assertThat(record.aaguid().replace("-", "")).isEqualTo(Octets.hex(bytes(vector.get("registration"), "aaguid")));
        assertThat(record.backupEligible()).isTrue();
        assertThat(record.backedUp()).isFalse();
    }

    private String registration(JsonNode vector, PasskeyUse use) {
        RegistrationCeremony ceremony = new RegistrationCeremony(relyingParty, Set.of(), () -> NOW);
        Checked<ParsedRegistration> parsed = ceremony.parse(registrationAnswer(vector));
        return outcome(parsed, answer -> ceremony.verify(answer, binding(vector, use), AttestationConveyance.NONE));
    }

    private String authentication(JsonNode vector, PasskeyUse use) {
        JsonNode authentication = vector.get("authentication");
        AuthenticationCeremony ceremony = new AuthenticationCeremony(relyingParty);
        Checked<ParsedAssertion> parsed = ceremony.parse(answer(
                vector,
                Map.of(
                        "clientDataJSON", authentication.get("clientDataJSON").textValue(),
                        "authenticatorData",
                                authentication.get("authenticatorData").textValue(),
                        "signature", authentication.get("signature").textValue(),
                        "userHandle", OWNER.toString())));
        return outcome(parsed, answer -> {
            PendingCeremony pending = use == PasskeyUse.LOGON
                    ? pending(CeremonyKind.LOGON, authentication, "", use, "")
                    : pending(CeremonyKind.CONFIRMATION, authentication, OWNER.toString(), use, "");
            return ceremony.verify(answer, pending, record(vector, use));
        });
    }

    private static <T, R> String outcome(Checked<T> parsed, Function<T, Checked<R>> verification) {
        Optional<Rejection> refusal = parsed.passed()
                .map(answer -> verification.apply(answer).refusal())
                .orElseGet(parsed::refusal);
        return refusal.map(Rejection::name).orElse("accepted");
    }

    private static CeremonyAnswer registrationAnswer(JsonNode vector) {
        JsonNode registration = vector.get("registration");
        return answer(
                vector,
                Map.of(
                        "clientDataJSON", registration.get("clientDataJSON").textValue(),
                        "attestationObject",
                                registration.get("attestationObject").textValue()));
    }

    private static PendingCeremony binding(JsonNode vector, PasskeyUse use) {
        return pending(CeremonyKind.BINDING, vector.get("registration"), OWNER.toString(), use, "From the standard");
    }

    private static CredentialRecord record(JsonNode vector, PasskeyUse use) {
        JsonNode flags = vector.get("facts").get("registration").get("flags");
        return new CredentialRecord(
                new CredentialId(bytes(vector.get("registration"), "credentialId")),
                OWNER,
                new PasskeyName("From the standard"),
                use,
                bytes(vector.get("facts"), "coseKey"),
                0,
                flags.get("be").booleanValue(),
                flags.get("bs").booleanValue(),
                List.of(),
                "00000000-0000-0000-0000-000000000000",
                NOW,
                null);
    }

    private static PendingCeremony pending(
            CeremonyKind kind, JsonNode ceremony, String userHandle, PasskeyUse use, String name) {
        Challenge challenge = new Challenge(bytes(ceremony, "challenge"));
        return new PendingCeremony(kind, challenge, NOW, NOW.plusSeconds(300), "alice", userHandle, use, name);
    }

    private static CeremonyAnswer answer(JsonNode vector, Map<String, String> response) {
        String id = vector.get("registration").get("credentialId").textValue();
        String json = Json.write(Map.of(
                "id", id, "rawId", id, "type", "public-key", "response", response, "clientExtensionResults", Map.of()));
        return new CeremonyAnswer(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    private static Bytes bytes(JsonNode node, String name) {
        return Bytes.require(node.get(name).textValue());
    }

    private static JsonNode vector(String id) {
        for (JsonNode vector : FILE.get("vectors")) {
            if (vector.get("id").textValue().equals(id)) {
                return vector;
            }
        }
        throw new IllegalArgumentException("no vector " + id);
    }

    private static X509Certificate root() {
        Bytes encoded = bytes(FILE.get("attestationRoot"), "certificate");
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
        } catch (CertificateException damaged) {
            throw new IllegalStateException("the root of the standard belongs into the file", damaged);
        }
    }

    private static JsonNode file() {
        try (InputStream file =
                Objects.requireNonNull(W3cTestVectorsTest.class.getResourceAsStream("w3c-level3.json"))) {
            return new ObjectMapper().readTree(file);
        } catch (IOException missing) {
            throw new IllegalStateException("the vectors belong beside this test", missing);
        }
    }
}
