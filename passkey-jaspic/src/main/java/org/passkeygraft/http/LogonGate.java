package org.passkeygraft.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.LogonResult;
import org.passkeygraft.config.PasskeyConfiguration.Entrance;
import org.passkeygraft.engine.PasskeyRuntime;

/** Decides how an anonymous request for something protected is answered, the same for every door. */
public final class LogonGate {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final int LONGEST_TARGET = 1024;

    private final PasskeyRuntime runtime;

    public LogonGate(PasskeyRuntime runtime) {
        this.runtime = runtime;
    }

    /** The logon page for whoever can use it, and the way back; a problem body for everybody else. */
    public Challenge challenge(HttpServletRequest request) {
        if (isMachine(request) || !isNavigation(request)) {
            return refusal(request);
        }
        if (!SAFE.contains(request.getMethod())) {
            return new Challenge.Redirect(303, with(logonPage(request), "notice=expired"));
        }
        return new Challenge.Redirect(
                302,
                target(request)
                        .map(target -> with(
                                logonPage(request), "to=" + runtime.targets().seal(target)))
                        .orElseGet(() -> logonPage(request)));
    }

    /** For a caller whom the container has just forgotten: once more to the same address, where it asks who it is. */
    Challenge again(HttpServletRequest request) {
        return isNavigation(request) && SAFE.contains(request.getMethod())
                ? new Challenge.Redirect(
                        302, request.getContextPath() + target(request).orElse("/"))
                : refusal(request);
    }

    private Challenge refusal(HttpServletRequest request) {
        Optional<LogonResult> basic = RequestCaller.basicResult(request, runtime);
        if (basic.isPresent() && basic.get() instanceof LogonResult.Throttled throttled) {
            return new Challenge.Throttled(throttled.retryAfter());
        }
        boolean asks = entrance().takesBasic() && !isBrowser(request);
        return new Challenge.Unauthorized(basic.isPresent(), asks ? entrance().realm() : null);
    }

    /** A client that can only use BASIC, though it accepts HTML, as Java's own does. */
    private boolean isMachine(HttpServletRequest request) {
        return entrance().takesBasic() && request.getHeader("User-Agent") != null && !isBrowser(request);
    }

    /** Every browser of today tells what it fetches for, on https; the oldest and all the others call themselves Mozilla. */
    private static boolean isBrowser(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return request.getHeader("Sec-Fetch-Mode") != null
                || request.getHeader("Sec-Fetch-Site") != null
                || (agent != null && agent.startsWith("Mozilla/"));
    }

    private Entrance entrance() {
        return runtime.configuration().entrance();
    }

    /** The application's own page, unless it is the page asked for: whoever protects it must not send callers in a circle. */
    private String logonPage(HttpServletRequest request) {
        String page = entrance().logonPage();
        PageAddress address = PageAddress.of(page);
        String path = Paths.of(request);
        boolean circle = address.query().isEmpty()
                ? address.path().equals(path)
                : address.isAskedFor(path, request.getQueryString());
        return request.getContextPath() + (circle ? Entrance.OWN_LOGON_PAGE : page);
    }

    private static String with(String page, String parameter) {
        return page + (page.contains("?") ? "&" : "?") + parameter;
    }

    /** A browser that goes to a page, as opposed to a script, a picture or a machine client. */
    private static boolean isNavigation(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate");
        }
        String accept = request.getHeader("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }

    /** The page asked for, rebuilt from the container's own reading of it, so that nothing typed gets into a header. */
    private static Optional<String> target(HttpServletRequest request) {
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
        return Optional.of(target.toString())
                .filter(path -> path.startsWith("/") && !path.startsWith("//") && path.length() <= LONGEST_TARGET);
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
