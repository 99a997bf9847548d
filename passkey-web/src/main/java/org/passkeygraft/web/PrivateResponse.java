package org.passkeygraft.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer that only its caller may see: whatever the application says of caching, shared caches keep out (RFC 9111,
 * section 5.2.2). Touches one header and nothing else.
 */
final class PrivateResponse extends HttpServletResponseWrapper {
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String PRIVATE = "private";
    private static final Set<String> KEEP_OUT = Set.of(PRIVATE, "no-store");

    PrivateResponse(HttpServletResponse response) {
        super(response);
        // Also what was said before, by a filter or the page that forwarded here.
        setHeader(CACHE_CONTROL, String.join(", ", response.getHeaders(CACHE_CONTROL)));
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(name, isAboutCaches(name) ? keepingOut(value == null ? "" : value) : value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        super.addHeader(name, isAboutCaches(name) ? keepingOut(value == null ? "" : value) : value);
    }

    /** Forgets what was said of caching too. */
    @Override
    public void reset() {
        super.reset();
        setHeader(CACHE_CONTROL, null);
    }

    private static boolean isAboutCaches(String name) {
        return CACHE_CONTROL.equalsIgnoreCase(name);
    }

    /** The same without {@code public}; {@code private} where nothing else keeps shared caches out. */
    private static String keepingOut(String value) {
        Stream<String> said = Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(directive -> !directive.isEmpty() && !directive.equalsIgnoreCase("public"));
        String rest = said.collect(Collectors.joining(", "));
        boolean kept = Arrays.stream(rest.split(",", -1))
                .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
                .anyMatch(KEEP_OUT::contains);
        return kept ? rest : rest.isEmpty() ? PRIVATE : rest + ", " + PRIVATE;
    }
}
