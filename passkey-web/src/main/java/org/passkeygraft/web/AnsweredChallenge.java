package org.passkeygraft.web;

import java.util.Optional;
import org.passkeygraft.Bytes;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonException;

/** Finds the cookie that belongs to an answer, before anybody has looked at the answer. */
final class AnsweredChallenge {
    private static final int TAG = 8;

    private AnsweredChallenge() {}

    /** The tag of the ceremony whose challenge the client data names; empty if there is none to be found. */
    static Optional<String> tag(Bytes answer) {
        try {
            String clientData = Json.parse(answer).requireObject("response").requireText("clientDataJSON");
            Optional<Bytes> decoded = Bytes.parse(clientData);
            return decoded.isEmpty()
                    ? Optional.empty()
                    : Bytes.parse(Json.parse(decoded.get()).requireText("challenge"))
                            .map(challenge -> challenge.sha256().base64url().substring(0, TAG));
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }
}
