package org.passkeygraft.ceremony;

import java.util.Optional;
import org.passkeygraft.Bytes;
import org.passkeygraft.CredentialId;
import org.passkeygraft.Rejection;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;

/**
 * Guards G2 to G4: the members that RegistrationResponseJSON and AuthenticationResponseJSON share (WebAuthn Level 3,
 * section 5.1). Members that we do not know are passed over, so that a newer browser locks nobody out.
 */
record CredentialJson(CredentialId id, JsonObject response, JsonObject extensions) {
    static CredentialJson parse(Bytes body) throws Refusal, JsonException {
        JsonObject json = Json.parse(body);
        CredentialId id = new CredentialId(require(json, "id", 1, 1023));
        Refusal.unless(json.requireText("rawId").equals(json.requireText("id")), Rejection.MALFORMED);
        Refusal.unless(json.requireText("type").equals("public-key"), Rejection.MALFORMED);
        return new CredentialJson(
                id,
                json.requireObject("response"),
                json.object("clientExtensionResults").orElse(JsonObject.EMPTY));
    }

    /** A member of so many bytes, in the one canonical spelling of base64url. */
    static Bytes require(JsonObject json, String name, int shortest, int longest) throws Refusal, JsonException {
        return binary(json, name, shortest, longest).orElseThrow(() -> new Refusal(Rejection.MALFORMED));
    }

    /** The same of a member that no decision needs: what is empty is absent, as some browsers write it. */
    static Optional<Bytes> optional(JsonObject json, String name, int longest) throws Refusal, JsonException {
        return json.text(name).filter(String::isEmpty).isPresent() ? Optional.empty() : binary(json, name, 1, longest);
    }

    private static Optional<Bytes> binary(JsonObject json, String name, int shortest, int longest)
            throws Refusal, JsonException {
        Optional<String> text = json.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        // Measured before it is decoded: 3 bytes are spelled with 4 characters.
        Refusal.unless(text.get().length() <= (longest * 4L + 2) / 3, Rejection.MALFORMED);
        Bytes bytes = Bytes.parse(text.get()).orElseThrow(() -> new Refusal(Rejection.MALFORMED));
        Refusal.unless(bytes.length() >= shortest && bytes.length() <= longest, Rejection.MALFORMED);
        return Optional.of(bytes);
    }
}
