package org.passkeygraft.engine;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Reads what somebody typed as a name. */
final class TypedNames {
    private static final int MAX_LENGTH = 255;

    /** Format characters, fillers and variation selectors: phone keyboards, pages and files bring them along unseen. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\x{34f}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}"
            + "\\x{180b}-\\x{180f}\\x{3164}\\x{fe00}-\\x{fe0f}\\x{ffa0}\\x{e0100}-\\x{e01ef}]");

    private static final Pattern EDGES = Pattern.compile("^[\\p{Z}\\p{Cc}]+|[\\p{Z}\\p{Cc}]+$");
    private static final Pattern BLANK = Pattern.compile("\\p{Zs}");

    private TypedNames() {}

    /** What cannot be anybody's name is refused before a statement could choke on it (T-95). */
    static boolean isPossible(String typed) {
        return typed.length() <= MAX_LENGTH && typed.indexOf('\0') < 0;
    }

    /**
     * Returns the name that a person sees in what they typed: without invisible characters and surrounding blanks, every
     * blank as the plain one, in the composed form NFC (macOS types {@code ü} as two characters). Empty if they typed
     * nothing that can be seen; the same text if it cannot be anybody's name.
     */
    static String seen(String typed) {
        if (!isPossible(typed)) {
            return typed;
        }
        String visible = INVISIBLE.matcher(typed).replaceAll("");
        String trimmed = EDGES.matcher(visible).replaceAll("");
        return Normalizer.normalize(BLANK.matcher(trimmed).replaceAll(" "), Normalizer.Form.NFC);
    }
}
