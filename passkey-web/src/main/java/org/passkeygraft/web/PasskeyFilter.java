package org.passkeygraft.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Caching;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.Challenge;
import org.passkeygraft.http.ContainerCaller;
import org.passkeygraft.http.Followed;
import org.passkeygraft.http.HttpsRule;
import org.passkeygraft.http.RequestCaller;
import org.passkeygraft.http.Requirement;
import org.passkeygraft.http.RuntimeContext;
import org.passkeygraft.web.arming.PageArming;

/**
 * Stands before the application. In the filter door it says who every request is from; in every door it holds the protect
 * rules and repairs {@code login}, {@code logout} and {@code authenticate}, which containers break where a ServerAuthModule
 * is active. Reads no body of the application's and decorates none of its answers, but for the two headers that tell caches
 * what depends on the logon (T-60), and for the login pages that it is told to arm.
 *
 * <p>Must be mapped to every path and all five dispatchers, first of all filters, with async support.
 */
public final class PasskeyFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final System.Logger LOG = System.getLogger(PasskeyFilter.class.getName());

    private final transient PageArming arming = new PageArming();
    private transient @Nullable PasskeyRuntime runtime;
    private transient @Nullable Guard guard;
    private transient @Nullable ModuleWatch watch;

    @Override
    public void init() {
        runtime = RuntimeContext.find(getServletContext()).orElse(null);
        guard = runtime == null ? null : new Guard(runtime, getServletContext());
        watch = runtime == null
                ? null
                : new ModuleWatch(runtime, getServletContext().getServerInfo());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (runtime == null || guard == null || watch == null) {
            // Nobody started us: without that nothing is protected, so nothing is served.
            LOG.log(System.Logger.Level.ERROR, "Passkey Graft did not start in {0}", request.getContextPath());
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        if (!watch.lets(request, response) || isSentToHttps(request, response, runtime, guard)) {
            return;
        }
        if (isFollowed(request, runtime) && !follow(request, response, runtime, guard)) {
            return;
        }
        Requirement needed = guard.requirement(request);
        HttpServletResponse answer =
                answer(request, response, isPrivate(needed, request, guard, runtime), guard, runtime);
        HttpServletRequest asked = PasskeyRequest.around(request, answer, runtime);
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            Identity.of(request, runtime).askAgain(request);
        }
        if (FormLogon.isAskedFor(request, runtime)) {
            FormLogon.answer(asked, response, runtime);
        } else if (guard.lets(needed, asked, answer)) {
            arming.serve(runtime, asked, answer, chain);
        }
    }

    private static boolean isSentToHttps(
            HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime, Guard guard)
            throws IOException {
        HttpsRule https = new HttpsRule(runtime);
        boolean isSent = guard.showsLogonPage(request) && !response.isCommitted() && https.isBroken(request);
        if (isSent) {
            https.redirect(request, response);
        }
        return isSent;
    }

    /** Where the container says who the caller is: once a request, and again when it goes on later. */
    private static boolean isFollowed(HttpServletRequest request, PasskeyRuntime runtime) {
        DispatcherType dispatch = request.getDispatcherType();
        return runtime.configuration().door() == PasskeyConfiguration.Door.JAAS
                && (dispatch == DispatcherType.REQUEST
                        || dispatch == DispatcherType.ASYNC
                        || dispatch == DispatcherType.ERROR);
    }

    /** Whether the request may go on; if not, it is answered, unless that has begun already. */
    private static boolean follow(
            HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime, Guard guard)
            throws IOException {
        Followed followed = ContainerCaller.follow(request, response, runtime);
        if (request.getDispatcherType() == DispatcherType.ERROR
                && followed.answer().isPresent()) {
            // The container refused before we were asked: its page goes out, to nobody (T-40).
            Identity.of(request, runtime).changeTo(null);
            return true;
        }
        if (followed instanceof Followed.HalfWay halfWay) {
            Identity.of(request, runtime).changeTo(null);
            return guard.isOurs(request) || send(halfWay.challenge(), response);
        }
        return followed instanceof Followed.On || send(((Followed.Refused) followed).challenge(), response);
    }

    private static boolean send(Challenge challenge, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            challenge.send(response);
        }
        return false;
    }

    /**
     * Whether the answer may be a caller's own: always where a rule protects it, and for every caller whom the container lets
     * in, for its constraints are not known to us. That must cost nothing: containers may ask the module first.
     */
    private static boolean isPrivate(
            Requirement needed, HttpServletRequest request, Guard guard, PasskeyRuntime runtime) {
        if (!needed.isOpen() || guard.isOurs(request)) {
            return !needed.isOpen();
        }
        if (request.getDispatcherType() == DispatcherType.FORWARD && guard.showsLogonPage(request)) {
            // The container shows it at the address of what it protects.
            return true;
        }
        return switch (runtime.configuration().door()) {
            case JAAS -> request.getUserPrincipal() != null;
            case MODULE, AUTO -> RequestCaller.isLikely(request, runtime);
            case FILTER -> false;
        };
    }

    /** The one place where an answer is wrapped. */
    private static HttpServletResponse answer(
            HttpServletRequest request,
            HttpServletResponse response,
            boolean isPrivate,
            Guard guard,
            PasskeyRuntime runtime) {
        Caching caching = runtime.configuration().http().cache();
        if (request.getDispatcherType() == DispatcherType.INCLUDE) {
            return response;
        }
        if (isPrivate) {
            return new PrivateResponse(response, caching);
        }
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && request.getRequestedSessionId() != null
                && !guard.isOurs(request)) {
            PrivateResponse.setDefaults(response, caching);
        }
        return response;
    }
}
