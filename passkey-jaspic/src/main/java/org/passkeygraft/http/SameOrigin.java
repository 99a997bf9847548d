package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same-origin rule for everything that changes something (T-54). An Origin that is listed decides, also that of another
 * site; else what the browser says of itself, in the order Sec-Fetch-Site, Origin, Referer. A request that says nothing at all
 * passes only as JSON, which no form can send.
 * Immutable and thread-safe.
 */
public final class SameOrigin {
    private final Set<String> origins;

    /**
     * Lets pages of these origins change something.
     *
     * @param origins exactly as browsers send them, such as {@code https://www.example.org}
     */
    public SameOrigin(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** The header that stands against the request, or is missing; empty if the request may go on. */
    public Optional<String> objection(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (origin != null && origins.contains(origin)) {
            return Optional.empty();
        }
        if (site != null) {
            return isOwnSite(site, origin) ? Optional.empty() : Optional.of("Sec-Fetch-Site");
        }
        if (origin != null) {
            return Optional.of("Origin");
        }
        if (isJson(request)) {
            return Optional.empty();
        }
        return ownReferer(request).isPresent() ? Optional.empty() : Optional.of("Referer");
    }

    /**
     * The origin of a page that the browser, or the host it asked, takes for the application's own, though nobody listed
     * it: a mistake of the configuration rather than an attack.
     */
    public static Optional<String> ofUnlistedPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        Optional<String> origin =
                Optional.ofNullable(request.getHeader("Origin")).filter(text -> !text.equals("null"));
        return site == null
                ? origin.filter(page -> page.endsWith("//" + request.getHeader("Host")))
                : origin.filter(page -> site.equals("same-origin"));
    }

    private static boolean isOwnSite(String site, @Nullable String origin) {
        return switch (site) {
            // A strict referrer policy makes a browser send null for its own page.
            case "same-origin" -> origin == null || origin.equals("null");
            case "none" -> origin == null;
            default -> false;
        };
    }

    /** Returns whether the browser says that the request comes from a page of these origins. */
    boolean isOfOwnPage(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return (origin == null || origin.equals("null")) ? ownReferer(request).isPresent() : origins.contains(origin);
    }

    /** The page that the request came from, if it is of these origins. */
    Optional<URI> ownReferer(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getHeader("Referer"))
                    .map(URI::create)
                    .filter(this::isOwn);
        } catch (IllegalArgumentException notAPage) {
            return Optional.empty();
        }
    }

    private boolean isOwn(URI page) {
        String port = page.getPort() < 0 ? "" : ":" + page.getPort();
        return page.getScheme() != null
                && page.getHost() != null
                && origins.contains((page.getScheme() + "://" + page.getHost()).toLowerCase(Locale.ROOT) + port);
    }

    private static boolean isJson(HttpServletRequest request) {
        return MediaType.of(request.getContentType()).equals(MediaType.JSON);
    }
}
