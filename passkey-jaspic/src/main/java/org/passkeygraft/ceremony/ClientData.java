package org.passkeygraft.ceremony;

import java.util.Set;
import org.passkeygraft.Bytes;
import org.passkeygraft.Rejection;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;

/**
 * Guard G5: the client data, read with the strict parser before the library reads it in its own way (WebAuthn Level 3,
 * section 5.8.1).
 *
 * @param bytes as signed
 * @param framed whether the ceremony ran in a frame of another origin, or says so by a topOrigin
 */
record ClientData(Bytes bytes, String type, Challenge challenge, String origin, boolean framed) {
    private static final int LONGEST = 8 * 1024;

    static ClientData parse(JsonObject response) throws Refusal {
        Bytes bytes = CredentialJson.require(response, "clientDataJSON", 1, LONGEST);
        return Refusal.inside("response.clientDataJSON", () -> of(bytes, Json.parse(bytes)));
    }

    private static ClientData of(Bytes bytes, JsonObject json) throws Refusal, JsonException {
        String challenge = json.requireText("challenge");
        return new ClientData(
                bytes,
                json.requireText("type"),
                Challenge.parse(challenge).orElseThrow(() -> new Refusal(Rejection.CEREMONY_UNKNOWN)),
                json.requireText("origin"),
                json.flag("crossOrigin").orElse(false) || json.has("topOrigin"));
    }

    /** Steps 7 to 11 of registration (section 7.1), 10 to 14 of authentication (section 7.2); all compared as text. */
    void check(String expectedType, Challenge expected, Set<String> origins) throws Refusal {
        Refusal.unless(type.equals(expectedType), Rejection.WRONG_TYPE);
        Refusal.unless(challenge.equals(expected), Rejection.CEREMONY_UNKNOWN);
        Refusal.unless(origins.contains(origin), Rejection.WRONG_ORIGIN);
        Refusal.unless(!framed, Rejection.CROSS_ORIGIN);
    }
}
