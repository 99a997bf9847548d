package org.passkeygraft.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.security.Principal;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;
import org.passkeygraft.Client;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.config.PasskeyConfiguration.Protection;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.Challenge;
import org.passkeygraft.http.ContainerCaller;
import org.passkeygraft.http.HttpsRule;
import org.passkeygraft.http.LogonGate;
import org.passkeygraft.http.RemoteClient;

/**
 * The application's request, with {@code login}, {@code logout} and {@code authenticate} as the Servlet specification has
 * them (section 13.3), which no container gives where a ServerAuthModule is active. What it says about the caller is the
 * {@link Identity} of the request, the same in every dispatch and on every thread.
 */
final class PasskeyRequest extends HttpServletRequestWrapper {
    private final PasskeyRuntime runtime;
    private final HttpServletResponse response;
    private final Identity identity;
    /** As it came to us: a container may put another application's view of it inside of us while that is included. */
    private final HttpServletRequest own;

    private PasskeyRequest(HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime) {
        super(request);
        this.own = request;
        this.runtime = runtime;
        this.response = response;
        this.identity = Identity.of(request, runtime);
    }

    /**
     * The request to hand on. In a forward, include, error or async dispatch the application may come with one that we gave
     * it: then that is in it already. Unless another application, which our classes may come from another jar for, has put
     * its own around it since: what is outermost says who the caller is.
     */
    static HttpServletRequest around(HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper && !isAnybodys(inner)) {
            inner = wrapper.getRequest();
        }
        return isOf(runtime, inner) ? request : new PasskeyRequest(request, response, runtime);
    }

    private static boolean isAnybodys(ServletRequest request) {
        return request.getClass().getName().equals(PasskeyRequest.class.getName());
    }

    private static boolean isOf(PasskeyRuntime runtime, ServletRequest request) {
        return request instanceof PasskeyRequest ours && ours.runtime == runtime;
    }

    /** Logs a user on through the engine: throttled, audited, remembered like any other logon. */
    @Override
    public void login(@Nullable String username, @Nullable String password) throws ServletException {
        refuseInClear();
        if (isContainers()) {
            loginAtContainer(username, password);
            return;
        }
        if (username == null || password == null) {
            throw new ServletException("a logon needs a name and a password");
        }
        if (runtime.configuration().accounts() instanceof PasskeyConfiguration.Accounts.Container) {
            throw new ServletException(
                    "request.login() cannot be used with passkey.accounts.kind=container: only while the"
                            + " container authenticates a request can its realm be asked");
        }
        if (getUserPrincipal() != null) {
            throw new ServletException("a caller is logged on already");
        }
        char[] secret = password.toCharArray();
        try {
            Client client = RemoteClient.of(this, runtime);
            LogonResult result =
                    runtime.authentication().authenticate(new LogonRequest.Password(username, secret, client));
            if (result instanceof LogonResult.SecondFactorRequired) {
                throw new ServletException("a second factor is due: send the user to the logon page");
            }
            if (!(result instanceof LogonResult.Accepted accepted)) {
                throw new ServletException("the logon was refused");
            }
            CallerSession.begin(own, response, accepted, runtime);
            identity.changeTo(accepted.caller());
        } catch (UnavailableException databaseDown) {
            throw new ServletException("the logon cannot be decided now", databaseDown);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private void refuseInClear() throws ServletException {
        HttpsRule https = new HttpsRule(runtime);
        if (https.isBroken(own)) {
            https.refused(own);
            throw new ServletException("a password was sent over plain http: send the user to the same page on https");
        }
    }

    /** The container knows the password only: where that is not enough, the logon is taken back (T-42). */
    private void loginAtContainer(@Nullable String username, @Nullable String password) throws ServletException {
        super.login(username, password);
        if (!isByTicket(password) && !isPasswordEnough()) {
            super.logout();
            throw new ServletException("a password alone is not enough: send the user to the logon page");
        }
    }

    private boolean isByTicket(@Nullable String password) {
        Principal principal = super.getUserPrincipal();
        return password != null
                && principal != null
                && runtime.tickets().consumeRedeemed(password, principal.getName());
    }

    private boolean isPasswordEnough() throws ServletException {
        Principal principal = super.getUserPrincipal();
        try {
            return principal == null
                    || (principal.getName() != null
                            && runtime.containerLogons()
                                    .objectionToPassword(principal.getName())
                                    .isEmpty());
        } catch (UnavailableException databaseDown) {
            super.logout();
            throw new ServletException("the logon cannot be decided now", databaseDown);
        }
    }

    /** Ends the session with everything in it, on containers that forget to tell us as on those that do not. */
    @Override
    public void logout() throws ServletException {
        if (isContainers()) {
            ContainerCaller.loggedOff(own, runtime);
            super.logout();
            return;
        }
        // Ours first: what is left to the container may fail, the logon is over all the same.
        CallerSession.end(own)
                .ifPresent(account -> runtime.authentication().loggedOff(account, RemoteClient.of(this, runtime)));
        boolean knownToContainer = !identity.isOurs() || super.getUserPrincipal() != null;
        identity.changeTo(null);
        if (knownToContainer) {
            super.logout();
        }
    }

    /** True with a caller; otherwise the challenge is sent and the application has nothing more to do. */
    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        if (isContainers()) {
            return authenticateByContainer(response);
        }
        if (getUserPrincipal() != null) {
            return true;
        }
        if (response.isCommitted()) {
            throw new IllegalStateException("the response is committed: no challenge can be sent");
        }
        Challenge challenge =
                identity.isUnknown(own) ? new Challenge.Unavailable() : new LogonGate(runtime).challenge(this);
        challenge.send(response);
        return false;
    }

    /** Jetty says no and sends nothing. */
    private boolean authenticateByContainer(HttpServletResponse response) throws IOException, ServletException {
        boolean nobodyBefore = super.getUserPrincipal() == null;
        boolean authenticated = super.authenticate(response);
        if (authenticated && nobodyBefore && !isFollowed(response)) {
            return false;
        }
        if (!authenticated && !response.isCommitted() && response.getStatus() == HttpServletResponse.SC_OK) {
            new LogonGate(runtime).challenge(this).send(response);
        }
        return authenticated;
    }

    /** Whoever the container has let in just now is nobody to the application until every factor was shown (T-42). */
    private boolean isFollowed(HttpServletResponse response) throws IOException {
        Optional<Challenge> due = ContainerCaller.follow(own, response, runtime).answer();
        if (due.isPresent()) {
            identity.changeTo(null);
            if (!response.isCommitted()) {
                due.get().send(response);
            }
        }
        return due.isEmpty();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        if (!identity.isOurs()) {
            return super.getUserPrincipal();
        }
        return identity.caller(own).map(Caller::name).map(NamedPrincipal::new).orElse(null);
    }

    @Override
    public @Nullable String getRemoteUser() {
        return identity.isOurs() ? identity.caller(own).map(Caller::name).orElse(null) : super.getRemoteUser();
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        if (!identity.isOurs()) {
            return super.isUserInRole(role);
        }
        return role != null
                && identity.caller(own)
                        .filter(caller -> role.equals(Protection.ANY_CALLER)
                                || caller.groups().contains(role))
                        .isPresent();
    }

    @Override
    public @Nullable String getAuthType() {
        if (identity.isOurs()) {
            return identity.authType(own);
        }
        // Open Liberty says FORM of nobody.
        return super.getUserPrincipal() == null ? null : super.getAuthType();
    }

    /** Where we tell the caller: with this request instead of the container's own, for whoever asks the AsyncContext. */
    @Override
    public AsyncContext startAsync() {
        return identity.isOurs() ? startAsync(this, response) : super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        if (identity.isOurs()) {
            // While the request's own thread is here: the session must not be first asked for by another.
            identity.caller(own);
        }
        return super.startAsync(request, response);
    }

    /** In the JAAS door nothing of the container's is broken: its logon is the one there is. */
    private boolean isContainers() {
        return runtime.configuration().door() == Door.JAAS;
    }

    /** Serializable, for applications that keep it in their session; prints as the name, for those that print it. */
    private record NamedPrincipal(String getName) implements Principal, Serializable {
        @Override
        public String toString() {
            return getName;
        }
    }
}
