package org.passkeygraft.web.view;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.passkeygraft.PasskeyName;

/**
 * Suggests a name for a new passkey from what the browser says of itself: "Chrome on Windows", and with a number where
 * the user already has that. A suggestion only: no feature depends on recognising a browser.
 */
public final class NameSuggestion {
    /** In this order: most browsers also claim to be those further down. */
    private static final List<Product> BROWSERS = List.of(
            new Product("Edge", List.of("Edg/", "EdgA/", "EdgiOS/")),
            new Product("Opera", List.of("OPR/", "OPT/")),
            new Product("Samsung Internet", List.of("SamsungBrowser/")),
            new Product("Firefox", List.of("Firefox/", "FxiOS/")),
            new Product("Chrome", List.of("Chrome/", "CriOS/", "Chromium/")),
            new Product("Safari", List.of("Safari/")));

    /** In this order: Android claims Linux, iPhone and iPad claim Mac OS X. */
    private static final List<Product> SYSTEMS = List.of(
            new Product("iPhone", List.of("iPhone")),
            new Product("iPad", List.of("iPad")),
            new Product("Android", List.of("Android")),
            new Product("ChromeOS", List.of("CrOS")),
            new Product("Windows", List.of("Windows")),
            new Product("Mac", List.of("Macintosh", "Mac OS X")),
            new Product("Linux", List.of("Linux")));

    private record Product(String name, List<String> marks) {}

    private NameSuggestion() {}

    /**
     * A name that this user does not have yet.
     *
     * @param userAgent as sent, empty if not
     * @param taken the names this user already gave
     */
    public static String of(Texts texts, String userAgent, Collection<PasskeyName> taken) {
        Set<String> keys = taken.stream().map(PasskeyName::key).collect(Collectors.toSet());
        String plain = plain(texts, userAgent);
        return Stream.iterate(1, number -> number + 1)
                .map(number -> number == 1 ? plain : plain + ' ' + number)
                .filter(name -> !keys.contains(new PasskeyName(name).key()))
                .findFirst()
                .orElseThrow();
    }

    private static String plain(Texts texts, String userAgent) {
        Optional<String> browser = first(BROWSERS, userAgent);
        Optional<String> system = first(SYSTEMS, userAgent);
        if (browser.isPresent() && system.isPresent()) {
            return texts.get("suggestion.both")
                    .replace("{browser}", browser.get())
                    .replace("{system}", system.get());
        }
        return browser.or(() -> system).orElseGet(() -> texts.get("suggestion.neither"));
    }

    private static Optional<String> first(List<Product> products, String userAgent) {
        return products.stream()
                .filter(product -> product.marks().stream().anyMatch(userAgent::contains))
                .map(Product::name)
                .findFirst();
    }
}
