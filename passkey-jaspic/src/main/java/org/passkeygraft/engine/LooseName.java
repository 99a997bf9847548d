package org.passkeygraft.engine;

import java.text.Normalizer;
import java.util.Locale;

/** One spelling for all those that some user table would take for the same name (T-111). */
final class LooseName {
    private LooseName() {}

    static String of(String typed) {
        String decomposed = Normalizer.normalize(typed.strip(), Normalizer.Form.NFKD);
        return decomposed.replaceAll("\\p{M}", "").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
