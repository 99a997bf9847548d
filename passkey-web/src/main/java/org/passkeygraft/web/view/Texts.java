package org.passkeygraft.web.view;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;

/**
 * The words of the pages in one language.
 *
 * <p>Values put into a sentence are wrapped in Unicode isolates, so that an Arabic name does not reorder an English
 * sentence, nor the other way round.
 *
 * @param locale the language of {@code bundle}; it also decides the direction of the page and how numbers are written
 */
public record Texts(ResourceBundle bundle, Locale locale) {
    private static final String BUNDLE = "org.passkeygraft.web.view.Messages";
    private static final Locale WRITTEN_IN = Locale.ENGLISH;
    private static final Set<String> TRANSLATED = Set.of(WRITTEN_IN.getLanguage());
    private static final Set<Locale> KNOWN = Set.of(Locale.getAvailableLocales());
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi");
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /**
     * The first of the wanted languages that there are texts in, else English. Only names that the platform knows are ever
     * looked up: whatever a client makes up costs no memory.
     */
    public static Texts preferred(List<Locale> wanted) {
        return wanted.stream()
                .filter(locale -> TRANSLATED.contains(locale.getLanguage()))
                .findFirst()
                .map(locale -> in(KNOWN.contains(locale) ? locale : Locale.forLanguageTag(locale.getLanguage())))
                .orElseGet(() -> in(WRITTEN_IN));
    }

    private static Texts in(Locale locale) {
        return new Texts(ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader(), EXACT), locale);
    }

    /**
     * The text itself, with nothing put in.
     *
     * @throws MissingResourceException if there is no such text, which is a defect of a page
     */
    public String get(String key) {
        return bundle.getString(key);
    }

    /** A text with one value in its place {@code {0}}; a name comes out isolated, a number as the language writes it. */
    public String format(String key, Object value) {
        Object isolated = value instanceof Number ? value : '\u2068' + value.toString() + '\u2069';
        return new MessageFormat(get(key), locale).format(new Object[] {isolated});
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** What the script may have to say: every text whose key begins with {@code error.} or {@code status.}. */
    public Map<String, String> forScript() {
        Map<String, String> texts = new TreeMap<>();
        bundle.keySet().stream()
                .filter(key -> key.startsWith("error.") || key.startsWith("status."))
                .forEach(key -> texts.put(key, get(key)));
        return texts;
    }

    /** For {@code <html lang>}, as BCP 47. */
    public String language() {
        return locale.toLanguageTag();
    }

    /** For {@code <html dir>}. */
    public String direction() {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }
}
