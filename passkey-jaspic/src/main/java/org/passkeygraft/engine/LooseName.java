package org.passkeygraft.engine;

import java.text.Normalizer;
import java.util.Locale;

/** One spelling for all those that some user table would take for the same name (T-111). */
final class LooseName {
    private LooseName() {}

    static String of(String typed) {
        String decomposed = Normalizer.normalize(typed.strip(), Normalizer.Form.NFKD);
        // Directories and databases map controls and soft hyphens to nothing, and take many blanks for one (RFC 4518).
        return decomposed
                .replaceAll("[\\p{M}\\p{Cf}\\p{Cc}]", "")
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
