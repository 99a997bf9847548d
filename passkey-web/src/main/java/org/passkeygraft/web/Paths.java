package org.passkeygraft.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a request leads in the container's own reading of it: decoded, below the context (T-70). */
final class Paths {
    private Paths() {}

    static String of(HttpServletRequest request) {
        return joined(request.getServletPath(), request.getPathInfo());
    }

    /** What an include dispatch includes; empty where it names a servlet instead of a path. */
    static Optional<String> ofInclude(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String servletPath
                ? Optional.of(joined(servletPath, request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)))
                : Optional.empty();
    }

    private static String joined(String servletPath, @Nullable Object pathInfo) {
        return pathInfo instanceof String info ? servletPath + info : servletPath;
    }
}
