package org.passkeygraft.accounts;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Search filters (RFC 4515) with values that came from outside. */
final class LdapFilter {
    private LdapFilter() {}

    /** A value as text: whatever means something to a filter, or is not ASCII, is written in hex (section 3). */
    static String escaped(String value) {
        return escaped(value.getBytes(StandardCharsets.UTF_8));
    }

    static String escaped(byte[] value) {
        StringBuilder text = new StringBuilder(value.length);
        for (byte octet : value) {
            char character = (char) (octet & 0xff);
            boolean plain = character > ' ' && character < 0x7f && "*()\\".indexOf(character) < 0;
            text.append(plain ? String.valueOf(character) : String.format(Locale.ROOT, "\\%02x", (int) character));
        }
        return text.toString();
    }

    static String equal(String attribute, String escapedValue) {
        return "(" + attribute + "=" + escapedValue + ")";
    }

    static String both(String first, String second) {
        return "(&" + first + second + ")";
    }
}
