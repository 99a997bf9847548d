package org.passkeygraft.ceremony;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.Rejection;

/**
 * Guard G7: an attestation object with exactly its three members (WebAuthn Level 3, section 6.5.4), in format
 * {@code none} or as {@code packed} self attestation, or, where the model has to be proved, in a format that leads to a
 * trust root. What the library would take without looking, it never gets: {@code android-key} least of all, which it calls
 * verified and does not verify.
 */
record AttestationObject(Bytes bytes, String format, Map<?, ?> statement, AuthenticatorData authenticatorData) {
    private static final Set<String> MEMBERS = Set.of("fmt", "attStmt", "authData");
    private static final Set<String> WITH_CERTIFICATES = Set.of("packed", "tpm", "fido-u2f", "apple");
    private static final Set<String> SELF_ATTESTATION = Set.of("alg", "sig");

    static AttestationObject parse(Bytes bytes) throws Refusal {
        Cbor cbor = new Cbor(bytes);
        Map<String, Object> members = cbor.map(String.class);
        Refusal.unless(cbor.atEnd() && members.keySet().equals(MEMBERS), Rejection.MALFORMED);
        String format = require(members.get("fmt"), String.class);
        Map<?, ?> statement = require(members.get("attStmt"), Map.class);
        return new AttestationObject(
                bytes, format, statement, AuthenticatorData.parse(require(members.get("authData"), Bytes.class)));
    }

    AttestedCredential credential() throws Refusal {
        return authenticatorData.attestedCredential().orElseThrow(() -> new Refusal(Rejection.MALFORMED));
    }

    /** Whether format and statement are of a kind that we take; a signature is the library's to verify. */
    void checkStatement(Algorithm algorithm) throws Refusal {
        boolean acceptable = switch (format) {
            case "none" -> statement.isEmpty();
            case "packed" ->
                statement.keySet().equals(SELF_ATTESTATION)
                        && Long.valueOf(algorithm.coseId()).equals(statement.get("alg"))
                        && statement.get("sig") instanceof Bytes;
            default -> false;
        };
        Refusal.unless(acceptable, Rejection.ATTESTATION);
    }

    /** Whether the statement is of a kind that can prove the model; whether it does is the library's to verify. */
    void checkProof() throws Refusal {
        boolean proof = WITH_CERTIFICATES.contains(format)
                && statement.get("x5c") instanceof List<?> chain
                && !chain.isEmpty()
                && chain.stream().allMatch(Bytes.class::isInstance);
        Refusal.unless(proof, Rejection.AUTHENTICATOR);
    }

    private static <T> T require(@Nullable Object value, Class<T> type) throws Refusal {
        if (value == null || !type.isInstance(value)) {
            throw new Refusal(Rejection.MALFORMED);
        }
        return type.cast(value);
    }
}
