package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Reads request headers, also where a container does not let them be read. */
final class Headers {
    private Headers() {}

    /** Returns all values of a header in their order; none where the container gives null instead of an empty list. */
    static List<String> of(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }
}
