package org.passkeygraft.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.http.OwnCookies;

/**
 * Carries pending ceremonies in the browser: one cookie each, so that two tabs, restored tabs and two applications on one
 * host do not disturb each other. At most four of a kind; the next one takes the place of the oldest.
 */
final class CeremonyCookies {
    private static final int MOST_OF_A_KIND = 4;

    private final OwnCookies cookies;

    CeremonyCookies(PasskeyConfiguration configuration) {
        this.cookies = new OwnCookies(configuration);
    }

    /** The sealed ceremonies of one kind that came along, by tag, oldest first. */
    Map<String, String> read(HttpServletRequest request, CeremonyKind kind) {
        String prefix = prefix(request, kind);
        Map<String, String> tokens = new LinkedHashMap<>();
        OwnCookies.all(request)
                .filter(cookie -> cookie.getName().startsWith(prefix))
                .forEach(cookie -> tokens.put(cookie.getName().substring(prefix.length()), cookie.getValue()));
        return tokens;
    }

    /** Hands a ceremony to the browser, and takes the oldest back where there would be too many. */
    void add(HttpServletRequest request, HttpServletResponse response, BegunCeremony ceremony) {
        // Browsers send the cookies of one path in the order in which they got them (RFC 6265, section 5.4).
        List<String> held = new ArrayList<>(read(request, ceremony.kind()).keySet());
        for (int i = 0; i <= held.size() - MOST_OF_A_KIND; i++) {
            remove(request, response, ceremony.kind(), held.get(i));
        }
        String name = prefix(request, ceremony.kind()) + ceremony.tag();
        cookies.set(request, response, name, ceremony.token(), ceremony.lifetime());
    }

    /** Takes back all that the browser holds of one kind. */
    void removeAll(HttpServletRequest request, HttpServletResponse response, CeremonyKind kind) {
        read(request, kind).keySet().forEach(tag -> remove(request, response, kind, tag));
    }

    /** Takes back one, if the browser holds it. */
    void remove(HttpServletRequest request, HttpServletResponse response, CeremonyKind kind, String tag) {
        if (read(request, kind).containsKey(tag)) {
            cookies.set(request, response, prefix(request, kind) + tag, "", Duration.ZERO);
        }
    }

    private String prefix(HttpServletRequest request, CeremonyKind kind) {
        return cookies.name(request, kind.label() + '-');
    }
}
