package org.passkeygraft.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.engine.PasskeyRuntime;

/** Where a request leads in the container's own reading of it: decoded, below the context (T-70). The only place that says. */
public final class Paths {
    private static final String FORM_LOGON = "/j_security_check";

    private Paths() {}

    /** Returns the context path as browsers see it: the configured one where a proxy changes paths, else the container's. */
    public static String publicContext(HttpServletRequest request, PasskeyRuntime runtime) {
        return runtime.configuration().http().publicPath().orElseGet(request::getContextPath);
    }

    public static String of(HttpServletRequest request) {
        return joined(request.getServletPath(), request.getPathInfo());
    }

    /** What an include dispatch includes; empty where it names a servlet instead of a path. */
    public static Optional<String> ofInclude(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String servletPath
                ? Optional.of(joined(servletPath, request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)))
                : Optional.empty();
    }

    /** Where a forwarded request led at first; empty where that was in another application. */
    public static Optional<String> beforeForward(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH) instanceof String servletPath
                        && request.getContextPath().equals(request.getAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH))
                ? Optional.of(joined(servletPath, request.getAttribute(RequestDispatcher.FORWARD_PATH_INFO)))
                : Optional.empty();
    }

    /**
     * Whether this is the form of a logon page as the Servlet specification has it (section 13.6.3). Whatever folder the page
     * is in: its form has a relative address.
     */
    public static boolean isFormLogon(HttpServletRequest request) {
        return request.getMethod().equals("POST") && of(request).endsWith(FORM_LOGON);
    }

    private static String joined(String servletPath, @Nullable Object pathInfo) {
        return pathInfo instanceof String info ? servletPath + info : servletPath;
    }
}
