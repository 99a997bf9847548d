package org.passkeygraft.engine;

/** Writes what may come from an attacker so that one record stays one line of a log (T-65). */
public final class OneLine {
    private static final int LONGEST = 200;
    private static final String PLAIN = " .,:;/@_+-()=";

    private OneLine() {}

    /** The first 200 code points, with every control, quote and lookup character as a Unicode escape. */
    public static String of(String value) {
        StringBuilder line = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(codePoint -> append(line, codePoint));
        return line.toString();
    }

    private static void append(StringBuilder line, int codePoint) {
        if (Character.isLetterOrDigit(codePoint) || PLAIN.indexOf(codePoint) >= 0) {
            line.appendCodePoint(codePoint);
        } else {
            line.append(String.format("\\u%04x", codePoint));
        }
    }
}
