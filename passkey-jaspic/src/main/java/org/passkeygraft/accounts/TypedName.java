package org.passkeygraft.accounts;

import java.nio.charset.StandardCharsets;

/** What somebody typed for a name, or a passkey's row has for a key. */
final class TypedName {
    private static final int LONGEST = 255;

    private TypedName() {}

    /** What no account can be called costs no question: NUL, which PostgreSQL does not take, and broken surrogates. */
    static boolean isAskable(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** For the log: whatever could end a line or hide in one is a question mark. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
