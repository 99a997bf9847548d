package org.passkeygraft.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.engine.ReturnTargets;

/** Where a browser wants to go, and where it came from: what it is led back to after it was sent elsewhere first. */
final class Destination {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private Destination() {}

    /** Whether the request can be made again by going to its address. */
    static boolean isToLookAt(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    /** A browser that goes to a page, as opposed to a script, a picture or a machine client. */
    static boolean isNavigation(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate");
        }
        String accept = request.getHeader("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }

    /** The page asked for, rebuilt from the container's own reading of it, so that nothing typed gets into a header. */
    static Optional<String> asked(HttpServletRequest request) {
        StringBuilder target = new StringBuilder();
        if (request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH) instanceof String servletPath) {
            append(
                    target,
                    servletPath,
                    request.getAttribute(RequestDispatcher.FORWARD_PATH_INFO),
                    request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING));
        } else if (request.getAttribute(AsyncContext.ASYNC_SERVLET_PATH) instanceof String servletPath) {
            append(
                    target,
                    servletPath,
                    request.getAttribute(AsyncContext.ASYNC_PATH_INFO),
                    request.getAttribute(AsyncContext.ASYNC_QUERY_STRING));
        } else {
            append(target, request.getServletPath(), request.getPathInfo(), request.getQueryString());
        }
        return kept(target.toString());
    }

    /**
     * The page of this application that a form was sent from, where the browser tells it; its path and query only, and only
     * if it is a page of the application's own origins.
     */
    static Optional<String> before(HttpServletRequest request, SameOrigin origins, PasskeyRuntime runtime) {
        String context = Paths.publicContext(request, runtime);
        return origins.ownReferer(request)
                .map(page -> page.getRawPath() + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery()))
                .filter(page -> page.startsWith(context + "/") && isPrintableAscii(page))
                .flatMap(page -> kept(page.substring(context.length())));
    }

    private static Optional<String> kept(String target) {
        return Optional.of(target)
                .filter(path ->
                        path.startsWith("/") && !path.startsWith("//") && path.length() <= ReturnTargets.LONGEST_PATH);
    }

    private static void append(
            StringBuilder target, String servletPath, @Nullable Object pathInfo, @Nullable Object query) {
        appendEncoded(target, servletPath);
        if (pathInfo instanceof String info) {
            appendEncoded(target, info);
        }
        if (query instanceof String text && isPrintableAscii(text)) {
            target.append('?').append(text);
        }
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\' && c != '"' && c != '<' && c != '>');
    }

    private static void appendEncoded(StringBuilder target, String path) {
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            if (isPathCharacter(octet)) {
                target.append((char) octet);
            } else {
                target.append('%').append(String.format("%02X", octet));
            }
        }
    }

    private static boolean isPathCharacter(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || "/-._~!$&'()*+,=:@".indexOf(octet) >= 0;
    }
}
