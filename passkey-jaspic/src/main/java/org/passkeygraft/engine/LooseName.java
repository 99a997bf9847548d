package org.passkeygraft.engine;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Collectors;

/** One spelling for all those that some user table would take for the same name (T-111). */
final class LooseName {
    private LooseName() {}

    static String of(String typed) {
        String decomposed = Normalizer.normalize(TypedNames.seen(typed), Normalizer.Form.NFKD);
        // Directories and databases map controls and soft hyphens to nothing, and take many blanks for one (RFC 4518).
        String folded = decomposed
                .replaceAll("[\\p{M}\\p{Cf}\\p{Cc}]", "")
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip()
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return folded.codePoints().mapToObj(LooseName::plain).collect(Collectors.joining());
    }

    /** Letters that have no decomposition, but one first weight with others (Unicode Collation Algorithm, UTS 10). */
    private static String plain(int letter) {
        return switch (letter) {
            case 'ø' -> "o";
            case 'ł' -> "l";
            case 'đ', 'ð' -> "d";
            case 'ħ' -> "h";
            case 'ŧ' -> "t";
            case 'ß' -> "ss";
            case 'æ' -> "ae";
            case 'œ' -> "oe";
            case 'þ' -> "th";
            default -> Character.toString(letter);
        };
    }
}
