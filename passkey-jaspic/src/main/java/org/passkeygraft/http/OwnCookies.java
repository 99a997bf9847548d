package org.passkeygraft.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.passkeygraft.Bytes;
import org.passkeygraft.config.PasskeyConfiguration;

/**
 * Cookies of ours: for one application among others on its host, out of reach of scripts, never sent along by another site.
 *
 * <p>Whether a cookie is {@code Secure} and has the {@code __Host-} prefix follows the scheme of the configured origin
 * that the request came from: behind a proxy that ends TLS, {@code isSecure()} would be wrong (T-115). On https an
 * unprefixed name is never read.
 */
public final class OwnCookies {
    private static final int APPLICATION_TAG = 8;
    private static final String PREFIX = "__Host-";

    private final String application;
    private final Set<String> origins;

    public OwnCookies(PasskeyConfiguration configuration) {
        String id = configuration.http().applicationId();
        this.application = Bytes.of(id.getBytes(StandardCharsets.UTF_8))
                .sha256()
                .base64url()
                .substring(0, APPLICATION_TAG);
        this.origins = configuration.relyingParty().origins();
    }

    /** The full name of a cookie, or where such names begin. */
    public String name(HttpServletRequest request, String name) {
        return (isSecure(request) ? PREFIX : "") + "pk-" + application + '-' + name;
    }

    /**
     * Returns whether the browser sends a cookie of ours that it takes and gives back over https only: one with the
     * {@code __Host-} prefix (RFC 6265bis, section 4.1.3.2).
     */
    boolean cameOverHttps(HttpServletRequest request) {
        String prefix = PREFIX + "pk-" + application + '-';
        return all(request).anyMatch(cookie -> cookie.getName().startsWith(prefix));
    }

    /** The cookies that came along, of whomever, in the order in which the browser sent them. */
    public static Stream<Cookie> all(HttpServletRequest request) {
        return Stream.of(Optional.ofNullable(request.getCookies()).orElseGet(() -> new Cookie[0]));
    }

    /**
     * Hands a cookie to the browser.
     *
     * @param name the full one
     * @param lifetime zero takes it back
     */
    public void set(
            HttpServletRequest request, HttpServletResponse response, String name, String value, Duration lifetime) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(isSecure(request));
        cookie.setAttribute("SameSite", "Strict");
        cookie.setMaxAge((int) lifetime.toSeconds());
        response.addCookie(cookie);
    }

    private boolean isSecure(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin"))
                .filter(origin -> origin.startsWith("http") && origins.contains(origin))
                .map(origin -> origin.startsWith("https:"))
                .orElseGet(
                        () -> request.isSecure() || origins.stream().noneMatch(origin -> origin.startsWith("http:")));
    }
}
