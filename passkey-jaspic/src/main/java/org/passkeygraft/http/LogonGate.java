package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
        if (!isNavigation(request)) {
            return new Challenge.Unauthorized();
        }
        if (!SAFE.contains(request.getMethod())) {
            return new Challenge.Redirect(303, logonPage(request) + "?notice=expired");
        }
        return new Challenge.Redirect(302, logonPage(request) + query(request));
    }

    private static String logonPage(HttpServletRequest request) {
        return request.getContextPath() + "/passkey/logon";
    }

    private String query(HttpServletRequest request) {
        return target(request)
                .map(target -> "?to=" + runtime.targets().seal(target))
                .orElse("");
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
        appendEncoded(target, request.getServletPath());
        Optional.ofNullable(request.getPathInfo()).ifPresent(info -> appendEncoded(target, info));
        Optional.ofNullable(request.getQueryString())
                .filter(LogonGate::isPrintableAscii)
                .ifPresent(query -> target.append('?').append(query));
        return Optional.of(target.toString())
                .filter(path -> path.startsWith("/") && !path.startsWith("//") && path.length() <= LONGEST_TARGET);
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
