package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer to an anonymous request for something protected. */
public sealed interface Challenge {
    /** To the logon page; the location is a path. */
    record Redirect(int status, String location) implements Challenge {
        @Override
        public void send(HttpServletResponse response) {
            response.setStatus(status);
            response.setHeader("Location", location);
            keepOut(response);
            response.setContentLength(0);
        }
    }

    /**
     * For whoever cannot use a page: a problem body (RFC 9457), never HTML.
     *
     * @param wrongPassword whether the request brought a password that was refused
     * @param basicRealm the realm to send a password for with the next request; null for browsers, which would open their
     *     own prompt, and where the application does not use BASIC
     */
    record Unauthorized(boolean wrongPassword, @Nullable String basicRealm) implements Challenge {
        @Override
        public void send(HttpServletResponse response) throws IOException {
            response.setStatus(401);
            // An own scheme: browsers open no prompt of theirs for it.
            response.setHeader("WWW-Authenticate", "Passkey");
            if (basicRealm != null) {
                String quoted = basicRealm.replace("\\", "\\\\").replace("\"", "\\\"");
                response.addHeader("WWW-Authenticate", "Basic realm=\"" + quoted + "\", charset=\"UTF-8\"");
            }
            keepOut(response);
            write(
                    response,
                    wrongPassword
                            ? problem(401, "Unauthorized", "authentication-failed", "The logon was refused.")
                            : problem(401, "Unauthorized", "authentication-required", "Log on first."));
        }
    }

    /** The request brought a password, but too many were wrong lately. */
    record Throttled(Duration retryAfter) implements Challenge {
        @Override
        public void send(HttpServletResponse response) throws IOException {
            response.setStatus(429);
            response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds() + 1));
            keepOut(response);
            write(response, problem(429, "Too Many Requests", "too-many-requests", "Try again later."));
        }
    }

    /**
     * The caller has to prove more first.
     *
     * @param methods how they can; empty where such a request cannot carry a proof
     */
    record ConfirmationRequired(List<String> methods) implements Challenge {
        public ConfirmationRequired {
            methods = List.copyOf(methods);
        }

        @Override
        public void send(HttpServletResponse response) throws IOException {
            response.setStatus(403);
            keepOut(response);
            String names = methods.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
            write(
                    response,
                    problem(
                            403,
                            "Forbidden",
                            "confirmation-required",
                            "Confirm first that it is you.",
                            ",\"methods\":" + names));
        }
    }

    /** The accounts cannot be asked: nobody gets in, and nobody is told that they are logged off. */
    record Unavailable() implements Challenge {
        @Override
        public void send(HttpServletResponse response) throws IOException {
            response.setStatus(503);
            response.setHeader("Retry-After", "10");
            keepOut(response);
            write(response, problem(503, "Service Unavailable", "unavailable", "Try again in a moment."));
        }
    }

    /** Sets status and headers, writes the body; the caller closes the response. */
    void send(HttpServletResponse response) throws IOException;

    /** Another caller, or the same one logged on, gets another answer at this address (T-60). */
    private static void keepOut(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Cookie");
    }

    private static byte[] problem(int status, String title, String code, String detail) {
        return problem(status, title, code, detail, "");
    }

    private static byte[] problem(int status, String title, String code, String detail, String members) {
        return ("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"code\":\"" + code
                        + "\",\"detail\":\"" + detail + "\"" + members + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
