package org.passkeygraft.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.AskedModule;
import org.passkeygraft.http.Challenge;

/**
 * Refuses requests that the container decided without asking our ServerAuthModule (T-131): containers keep an authenticator
 * that they have once chosen, for example where Passkey Graft is added to an application that they then only reload.
 */
final class ModuleWatch {
    private static final System.Logger LOG = System.getLogger(ModuleWatch.class.getName());

    private static final long LOG_INTERVAL_MILLIS = 60_000;

    private final PasskeyRuntime runtime;
    private final AtomicLong loggedAt = new AtomicLong();
    private final boolean isModuleUsed;
    /** Tomcat asks the module about every request, also where nothing is protected. */
    private final boolean isAlwaysAsked;

    ModuleWatch(PasskeyRuntime runtime, String serverInfo) {
        this.runtime = runtime;
        this.isModuleUsed = runtime.configuration().door() == Door.MODULE;
        this.isAlwaysAsked = serverInfo.startsWith("Apache Tomcat");
    }

    /** Returns whether the request may go on; if not, it is answered with 503. */
    boolean lets(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isModuleUsed || !isFirstOfOurs(request) || AskedModule.isNoted(request, runtime)) {
            return true;
        }
        // Containers that ask the module late do so now.
        boolean isCaller = request.getUserPrincipal() != null;
        boolean isMissed = isAlwaysAsked && !isError(request) && !isPreflight(request);
        if (AskedModule.isNoted(request, runtime) || !(isCaller || isMissed)) {
            return true;
        }
        log(request, isCaller);
        if (isError(request)) {
            // The page that says why the container refused goes out, to nobody.
            Identity.of(request, runtime).changeTo(null);
            return true;
        }
        if (!response.isCommitted()) {
            new Challenge.Unavailable().send(response);
        }
        return false;
    }

    private void log(HttpServletRequest request, boolean isCaller) {
        long now = runtime.clock().millis();
        long last = loggedAt.get();
        if (now - last > LOG_INTERVAL_MILLIS && loggedAt.compareAndSet(last, now)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the server does not ask the ServerAuthModule of Passkey Graft in {0}{1}: the answer is 503; undeploy the"
                            + " application and deploy it again, or restart the server",
                    request.getContextPath(),
                    isCaller ? " and let a caller in by itself" : "");
        }
    }

    /** Whether it comes from the container and not from an application, whose first request was looked at. */
    private static boolean isFirstOfOurs(HttpServletRequest request) {
        return switch (request.getDispatcherType()) {
            case REQUEST, ERROR -> true;
            // To the logon page of FORM, for example.
            case FORWARD ->
                request.getContextPath().equals(request.getAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH));
            case INCLUDE, ASYNC -> false;
        };
    }

    private static boolean isError(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR;
    }

    /** Tomcat may answer these without asking anybody; they carry no caller. */
    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }
}
