package org.passkeygraft.web;

import java.util.Arrays;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.json.JsonObject;

/** What somebody wants to bind. */
record BindingWish(PasskeyName name, PasskeyUse use) {
    /** Reads {@code {"name", "use"}}; a passkey for the logon unless it says otherwise. */
    static BindingWish read(JsonObject body) throws RefusedException {
        PasskeyName name = PasskeyName.parse(WebExchange.text(body, "name"))
                .orElseThrow(() -> new RefusedException(Problem.INVALID_NAME));
        String use = WebExchange.text(body, "use");
        return new BindingWish(name, use.isEmpty() ? PasskeyUse.LOGON : labelled(use));
    }

    private static PasskeyUse labelled(String label) throws RefusedException {
        return Arrays.stream(PasskeyUse.values())
                .filter(use -> use.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Problem.INVALID_REQUEST));
    }
}
