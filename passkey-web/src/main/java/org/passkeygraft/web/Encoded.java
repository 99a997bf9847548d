package org.passkeygraft.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text on its way into an address. */
final class Encoded {
    private Encoded() {}

    static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
