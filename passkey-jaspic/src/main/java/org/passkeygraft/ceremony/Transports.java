package org.passkeygraft.ceremony;

import java.util.List;
import java.util.Set;

/** Guard G10: what a browser says of how to reach an authenticator is kept only where the standard knows the word. */
final class Transports {
    private static final int MOST = 16;
    private static final Set<String> KNOWN = Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

    private Transports() {}

    static List<String> known(List<String> told) throws Refusal {
        if (told.size() > MOST) {
            throw Refusal.ofShape("response.transports must have at most " + MOST + " elements");
        }
        return told.stream().filter(KNOWN::contains).distinct().toList();
    }
}
