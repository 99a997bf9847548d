package org.passkeygraft.ceremony;

import java.util.Optional;
import org.passkeygraft.Bytes;
import org.passkeygraft.CredentialId;
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
        CredentialId id = new CredentialId(required("id", binary("id", json, "id", 1, 1023)));
        if (!json.requireText("rawId").equals(json.requireText("id"))) {
            throw Refusal.ofShape("rawId must equal id");
        }
        if (!json.requireText("type").equals("public-key")) {
            throw Refusal.ofShape("type must be public-key");
        }
        return new CredentialJson(
                id,
                json.requireObject("response"),
                json.object("clientExtensionResults").orElse(JsonObject.EMPTY));
    }

    /** Returns a member of the response of so many bytes, in the one canonical spelling of base64url. */
    static Bytes require(JsonObject response, String name, int shortest, int longest) throws Refusal {
        String path = path(name);
        return required(path, binary(path, response, name, shortest, longest));
    }

    /** The same of a member that no decision needs: what is empty is absent, as some browsers write it. */
    static Optional<Bytes> optional(JsonObject response, String name, int longest) throws Refusal, JsonException {
        return response.text(name).filter(String::isEmpty).isPresent()
                ? Optional.empty()
                : binary(path(name), response, name, 1, longest);
    }

    private static String path(String name) {
        return "response." + name;
    }

    private static Bytes required(String path, Optional<Bytes> member) throws Refusal {
        return member.orElseThrow(() -> Refusal.ofShape(path + " is missing"));
    }

    private static Optional<Bytes> binary(String path, JsonObject json, String name, int shortest, int longest)
            throws Refusal {
        Optional<String> text = text(path, json, name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String length = path + " must have " + shortest + " to " + longest + " bytes";
        // Measured before it is decoded: 3 bytes are spelled with 4 characters.
        if (text.get().length() > (longest * 4L + 2) / 3) {
            throw Refusal.ofShape(length);
        }
        Bytes bytes = Bytes.parse(text.get())
                .orElseThrow(() -> Refusal.ofShape(
                        path + " must be base64url without padding (RFC 4648, sections 3.2, 3.5 and 5)"));
        if (bytes.length() < shortest || bytes.length() > longest) {
            throw Refusal.ofShape(length);
        }
        return Optional.of(bytes);
    }

    private static Optional<String> text(String path, JsonObject json, String name) throws Refusal {
        try {
            return json.text(name);
        } catch (JsonException ofAnotherType) {
            throw Refusal.ofShape(path + " must be a text");
        }
    }
}
