package org.passkeygraft.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.config.PasskeyConfiguration;

/**
 * Carries pending ceremonies in the browser: one cookie each, so that two tabs, restored tabs and two applications on one
 * host do not disturb each other. At most four of a kind; the next one takes the place of the oldest.
 *
 * <p>Whether a cookie is {@code Secure} and has the {@code __Host-} prefix follows the scheme of the configured origin
 * that the request came from: behind a proxy that ends TLS, {@code isSecure()} would be wrong (T-115). On https an
 * unprefixed name is never read.
 */
final class CeremonyCookies {
    private static final int MOST_OF_A_KIND = 4;
    private static final int APPLICATION_TAG = 8;

    private final String application;
    private final Set<String> origins;

    CeremonyCookies(PasskeyConfiguration configuration) {
        String id = configuration.http().applicationId();
        this.application = Bytes.of(id.getBytes(StandardCharsets.UTF_8))
                .sha256()
                .base64url()
                .substring(0, APPLICATION_TAG);
        this.origins = configuration.relyingParty().origins();
    }

    /** The sealed ceremonies of one kind that came along, by tag, oldest first. */
    Map<String, String> read(HttpServletRequest request, CeremonyKind kind) {
        String prefix = prefix(request, kind);
        Map<String, String> tokens = new LinkedHashMap<>();
        for (Cookie cookie : cookies(request)) {
            if (cookie.getName().startsWith(prefix)) {
                tokens.put(cookie.getName().substring(prefix.length()), cookie.getValue());
            }
        }
        return tokens;
    }

    /** Hands a ceremony to the browser, and takes the oldest back where there would be too many. */
    void add(HttpServletRequest request, HttpServletResponse response, BegunCeremony ceremony) {
        // Browsers send the cookies of one path in the order in which they got them (RFC 6265, section 5.4).
        List<String> held = new ArrayList<>(read(request, ceremony.kind()).keySet());
        for (int i = 0; i <= held.size() - MOST_OF_A_KIND; i++) {
            remove(request, response, ceremony.kind(), held.get(i));
        }
        set(
                request,
                response,
                prefix(request, ceremony.kind()) + ceremony.tag(),
                ceremony.token(),
                ceremony.lifetime());
    }

    /** Takes back all that the browser holds of one kind. */
    void removeAll(HttpServletRequest request, HttpServletResponse response, CeremonyKind kind) {
        read(request, kind).keySet().forEach(tag -> remove(request, response, kind, tag));
    }

    /** Takes back one, if the browser holds it. */
    void remove(HttpServletRequest request, HttpServletResponse response, CeremonyKind kind, String tag) {
        if (read(request, kind).containsKey(tag)) {
            set(request, response, prefix(request, kind) + tag, "", Duration.ZERO);
        }
    }

    private void set(
            HttpServletRequest request, HttpServletResponse response, String name, String value, Duration lifetime) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(isSecure(request));
        cookie.setAttribute("SameSite", "Strict");
        cookie.setMaxAge((int) lifetime.toSeconds());
        response.addCookie(cookie);
    }

    private String prefix(HttpServletRequest request, CeremonyKind kind) {
        return (isSecure(request) ? "__Host-" : "") + "pk-" + application + '-' + kind.label() + '-';
    }

    private boolean isSecure(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin"))
                .filter(origins::contains)
                .map(origin -> origin.startsWith("https:"))
                .orElseGet(
                        () -> request.isSecure() || origins.stream().noneMatch(origin -> origin.startsWith("http:")));
    }

    private static Cookie[] cookies(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).orElseGet(() -> new Cookie[0]);
    }
}
