package org.passkeygraft;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The name a user gave a passkey: 1 to 64 code points in any script, before and after folding. Controls, bidirectional
 * overrides, unassigned and private-use characters are refused; the two joiners that emoji and Persian need are kept.
 */
public record PasskeyName(String text) {
    private static final int LONGEST = 64;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    public PasskeyName {
        if (!isAcceptable(text)) {
            throw new IllegalArgumentException("not a passkey name");
        }
    }

    /** Trims, and refuses what no list could show. */
    public static Optional<PasskeyName> parse(String typed) {
        // Measured before anything is normalised, so that a megabyte costs nothing.
        if (typed.length() > 4 * LONGEST) {
            return Optional.empty();
        }
        String text = typed.strip();
        return isAcceptable(text) ? Optional.of(new PasskeyName(text)) : Optional.empty();
    }

    /** Equal for names that a user would call the same: NFKC, case folded, blanks joined, joiners dropped. */
    public String key() {
        return fold(text);
    }

    private static boolean isAcceptable(String text) {
        return !text.isBlank()
                && text.codePoints().allMatch(PasskeyName::isPrintable)
                && fits(text)
                && fits(Normalizer.normalize(text, Normalizer.Form.NFKC))
                && fits(fold(text));
    }

    private static boolean fits(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 1 && length <= LONGEST;
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT -> isJoiner(codePoint);
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static boolean isJoiner(int codePoint) {
        return codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
    }

    private static String fold(String text) {
        String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
        // Upper then lower folds what lower alone keeps apart: sharp s, final sigma, dotless i.
        String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String withoutJoiners = folded.codePoints()
                .filter(codePoint -> !isJoiner(codePoint))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Normalizer.normalize(withoutJoiners, Normalizer.Form.NFKC)
                .replaceAll("\\s+", " ")
                .strip();
    }
}
