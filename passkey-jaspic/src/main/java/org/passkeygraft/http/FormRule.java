package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What a form of ours must look like before a field of it is read (G1): its type, its size, no fields in the address. */
public final class FormRule {
    /** The largest form of ours, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private FormRule() {}

    /** Returns what stands against the request; empty if its fields may be read. A form without a length is read here. */
    public static Optional<Objection> objection(HttpServletRequest request) {
        boolean empty = request.getContentType() == null && request.getContentLengthLong() <= 0;
        if (!empty && MediaType.of(request.getContentType()) != MediaType.FORM) {
            return Optional.of(Objection.TYPE);
        }
        if (request.getContentLengthLong() > MAX_BYTES) {
            return Optional.of(Objection.SIZE);
        }
        // A field in the address would end up in logs and histories, a password too.
        if (request.getQueryString() != null) {
            return Optional.of(Objection.QUERY);
        }
        boolean whole = StreamedForm.of(request).map(StreamedForm::isWhole).orElse(true);
        return whole ? Optional.empty() : Optional.of(Objection.SIZE);
    }

    /** Why a form is not read. */
    public enum Objection {
        TYPE,
        SIZE,
        QUERY
    }
}
