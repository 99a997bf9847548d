package org.passkeygraft.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration.Caching;

/**
 * An answer that depends on the logon (T-60): it always has {@code Vary: Cookie}, and caches keep no more of it than is
 * configured, whatever the application says (RFC 9111, section 5.2.2). Touches two headers and nothing else.
 */
final class PrivateResponse extends HttpServletResponseWrapper {
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String VARY = "Vary";
    private static final String COOKIE = "Cookie";
    private static final String PRIVATE = "private";
    private static final String NO_STORE = "no-store";
    private static final Set<String> KEEP_OUT = Set.of(PRIVATE, NO_STORE);
    private static final Set<String> VARIES = Set.of("cookie", "*");

    private final Caching caching;

    PrivateResponse(HttpServletResponse response, Caching caching) {
        super(response);
        this.caching = caching;
        // Also what was said before, by a filter or the page that forwarded here.
        restrict();
    }

    /** Gives an answer that may depend on the logon the same headers, until the application says otherwise. */
    static void setDefaults(HttpServletResponse response, Caching caching) {
        if (caching != Caching.UNCHANGED) {
            response.setHeader(CACHE_CONTROL, caching.label());
        }
        response.setHeader(VARY, varying(said(response, VARY)));
    }

    private void restrict() {
        if (caching != Caching.UNCHANGED) {
            setHeader(CACHE_CONTROL, said(this, CACHE_CONTROL));
        }
        setHeader(VARY, said(this, VARY));
    }

    private static String said(HttpServletResponse response, String name) {
        return String.join(", ", response.getHeaders(name));
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(name, VARY.equalsIgnoreCase(name) ? varying(value) : restricted(name, value));
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        super.addHeader(name, restricted(name, value));
    }

    /** Forgets what was said of caching too. */
    @Override
    public void reset() {
        super.reset();
        restrict();
    }

    private @Nullable String restricted(String name, @Nullable String value) {
        if (!CACHE_CONTROL.equalsIgnoreCase(name)) {
            return value;
        }
        return switch (caching) {
            case PRIVATE -> keepingOut(value == null ? "" : value);
            case NO_STORE -> NO_STORE;
            case UNCHANGED -> value;
        };
    }

    /** Returns the same without {@code public}, and with {@code private} where nothing else keeps shared caches out. */
    private static String keepingOut(String value) {
        String rest =
                items(value).filter(item -> !item.equalsIgnoreCase("public")).collect(Collectors.joining(", "));
        return holds(rest, KEEP_OUT) ? rest : with(rest, PRIVATE);
    }

    private static String varying(@Nullable String value) {
        String rest = value == null ? "" : value;
        return holds(rest, VARIES) ? rest : with(rest, COOKIE);
    }

    private static boolean holds(String value, Set<String> wanted) {
        return items(value).map(item -> item.toLowerCase(Locale.ROOT)).anyMatch(wanted::contains);
    }

    private static String with(String value, String item) {
        return value.isEmpty() ? item : value + ", " + item;
    }

    private static Stream<String> items(String value) {
        return Arrays.stream(value.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty());
    }
}
