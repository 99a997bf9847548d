package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answer to an anonymous request for something protected. */
public sealed interface Challenge {
    /** To the logon page; the location is a path. */
    record Redirect(int status, String location) implements Challenge {
        @Override
        public void send(HttpServletResponse response) {
            response.setStatus(status);
            response.setHeader("Location", location);
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(0);
        }
    }

    /** For whoever cannot use a page: a problem body (RFC 9457), never HTML. */
    record Unauthorized() implements Challenge {
        private static final byte[] BODY = ("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"code\":\"authentication-required\",\"detail\":\"Log on first.\"}")
                .getBytes(StandardCharsets.US_ASCII);

        @Override
        public void send(HttpServletResponse response) throws IOException {
            response.setStatus(401);
            // An own scheme: browsers open no prompt of theirs for it.
            response.setHeader("WWW-Authenticate", "Passkey");
            response.setHeader("Cache-Control", "no-store");
            write(response, BODY);
        }
    }

    /** The accounts cannot be asked: nobody gets in, and nobody is told that they are logged off. */
    record Unavailable() implements Challenge {
        private static final byte[] BODY =
                ("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                                + "\"code\":\"unavailable\",\"detail\":\"Try again in a moment.\"}")
                        .getBytes(StandardCharsets.US_ASCII);

        @Override
        public void send(HttpServletResponse response) throws IOException {
            response.setStatus(503);
            response.setHeader("Retry-After", "10");
            response.setHeader("Cache-Control", "no-store");
            write(response, BODY);
        }
    }

    /** Sets status and headers, writes the body; the caller closes the response. */
    void send(HttpServletResponse response) throws IOException;

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
