package org.passkeygraft.web;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of every answer of ours (T-53, T-60). */
final class SecurityHeaders {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void set(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Cookie");
        response.setHeader(
                "Permissions-Policy", "publickey-credentials-get=(self), publickey-credentials-create=(self)");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
}
