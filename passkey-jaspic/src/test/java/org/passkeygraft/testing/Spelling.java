package org.passkeygraft.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Ways to spell base64url that are not the one canonical way (RFC 4648, section 5, without padding). */
final class Spelling {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Spelling() {}

    static Map<String, UnaryOperator<String>> wrong() {
        Map<String, UnaryOperator<String>> ways = new LinkedHashMap<>();
        ways.put("padded", text -> text + "=".repeat(text.length() % 4 == 2 ? 2 : 1));
        ways.put("with a plus sign", text -> "+" + text.substring(1));
        ways.put("with a slash", text -> "/" + text.substring(1));
        ways.put("with stray bits in its last character", Spelling::withStrayBits);
        ways.put("one character too long", text -> text + "A".repeat(5 - text.length() % 4));
        ways.put("after a blank", text -> " " + text);
        ways.put("before a line feed", text -> text + "\n");
        ways.put("broken into lines", text -> text.substring(0, 4) + "\r\n" + text.substring(4));
        ways.put("with a letter outside ASCII", text -> "é" + text.substring(1));
        ways.put("with a NUL", text -> text + "\0");
        ways.put("percent-encoded", text -> "%41" + text.substring(1));
        return ways;
    }

    /** The same bytes, unless a whole number of characters holds them: then a further byte has the stray bits. */
    private static String withStrayBits(String text) {
        if (text.length() % 4 == 0) {
            return text + "AB";
        }
        int last = text.length() - 1;
        return text.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(text.charAt(last)) + 1);
    }
}
