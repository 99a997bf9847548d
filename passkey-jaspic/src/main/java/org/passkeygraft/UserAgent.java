package org.passkeygraft;

import java.util.List;
import java.util.Optional;

/**
 * What a browser says of itself. A hint to show to people: no decision depends on recognising a browser.
 *
 * @param text as sent, empty if not
 */
public record UserAgent(String text) {
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

    public Optional<String> browser() {
        return first(BROWSERS);
    }

    public Optional<String> system() {
        return first(SYSTEMS);
    }

    private Optional<String> first(List<Product> products) {
        return products.stream()
                .filter(product -> product.marks().stream().anyMatch(text::contains))
                .map(Product::name)
                .findFirst();
    }
}
