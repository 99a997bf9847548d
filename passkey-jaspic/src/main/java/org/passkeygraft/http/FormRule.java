package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What a form of ours must look like before a field of it is read (G1): its type, its size, no fields in the address. */
public final class FormRule {
    private static final long LARGEST = 64 * 1024;

    private FormRule() {}

    /** What stands against the request; empty if its fields may be read. */
    public static Optional<Objection> objection(HttpServletRequest request) {
        boolean empty = request.getContentType() == null && request.getContentLengthLong() <= 0;
        if (!empty && MediaType.of(request.getContentType()) != MediaType.FORM) {
            return Optional.of(Objection.TYPE);
        }
        // What comes in chunks the container alone would count, up to megabytes; browsers tell the length of a form.
        if (request.getContentLengthLong() > LARGEST || request.getHeader("Transfer-Encoding") != null) {
            return Optional.of(Objection.SIZE);
        }
        // A field in the address would end up in logs and histories, a password too.
        return request.getQueryString() == null ? Optional.empty() : Optional.of(Objection.QUERY);
    }

    /** Why a form is not read. */
    public enum Objection {
        TYPE,
        SIZE,
        QUERY
    }
}
