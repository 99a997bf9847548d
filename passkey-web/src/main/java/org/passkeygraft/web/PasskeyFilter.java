package org.passkeygraft.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.RuntimeContext;
import org.passkeygraft.web.arming.PageArming;

/**
 * Stands before the application: repairs {@code login}, {@code logout} and {@code authenticate}, which containers break
 * where a ServerAuthModule is active, and serves our static files. Reads no body and decorates no answer of the
 * application's, but for one header that keeps shared caches from storing what a session may have shaped (T-60), and the
 * login pages that it is told to arm.
 */
public final class PasskeyFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final System.Logger LOG = System.getLogger(PasskeyFilter.class.getName());

    private final transient PageArming arming = new PageArming();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<PasskeyRuntime> runtime = RuntimeContext.find(getServletContext());
        if (runtime.isEmpty()) {
            // The initializer did not run: without it nothing is protected, so nothing is served.
            LOG.log(System.Logger.Level.ERROR, "Passkey Graft did not start in {0}", request.getContextPath());
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && StaticFiles.serve(path, request, response, chain)) {
            return;
        }
        if (request.getDispatcherType() == DispatcherType.REQUEST && request.getRequestedSessionId() != null) {
            // A default: what the application says itself replaces it.
            response.setHeader("Cache-Control", "private");
        }
        HttpServletRequest repaired = isRepaired(request) ? request : new PasskeyRequest(request, runtime.get());
        arming.serve(runtime.get(), repaired, response, chain);
    }

    /** In a forward, include, error or async dispatch the application may come with the request that we gave it. */
    private static boolean isRepaired(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper && !(inner instanceof PasskeyRequest)) {
            inner = wrapper.getRequest();
        }
        return inner instanceof PasskeyRequest;
    }
}
