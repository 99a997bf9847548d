package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.LogonGate;
import org.passkeygraft.http.RemoteClient;

/**
 * The application's request, with {@code login}, {@code logout} and {@code authenticate} as the Servlet specification has
 * them (section 13.3), which no container gives where a ServerAuthModule is active. After one of them the answers about the
 * caller follow from it for the rest of the request; before, they are the container's.
 */
final class PasskeyRequest extends HttpServletRequestWrapper {
    private static final String AUTH_TYPE = "PASSKEY";
    /** The role that every caller has (Servlet 6.0, section 13.3). */
    private static final String ANY_CALLER = "**";

    private final PasskeyRuntime runtime;
    private boolean changed;
    private @Nullable Caller caller;

    PasskeyRequest(HttpServletRequest request, PasskeyRuntime runtime) {
        super(request);
        this.runtime = runtime;
    }

    /** Logs a user on through the engine: throttled, audited, remembered like any other logon. */
    @Override
    public void login(@Nullable String username, @Nullable String password) throws ServletException {
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
            if (!(result instanceof LogonResult.Accepted accepted)) {
                throw new ServletException("the logon was refused");
            }
            CallerSession.begin((HttpServletRequest) getRequest(), accepted);
            changeTo(accepted.caller());
        } catch (UnavailableException databaseDown) {
            throw new ServletException("the logon cannot be decided now", databaseDown);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** Ends the session with everything in it, on containers that forget to tell us as on those that do not. */
    @Override
    public void logout() throws ServletException {
        // Ours first: what is left to the container may fail, the logon is over all the same.
        CallerSession.end((HttpServletRequest) getRequest())
                .ifPresent(account -> runtime.authentication().loggedOff(account, RemoteClient.of(this, runtime)));
        changeTo(null);
        super.logout();
    }

    /** True with a caller; otherwise the challenge is sent and the application has nothing more to do. */
    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        if (getUserPrincipal() != null) {
            return true;
        }
        if (response.isCommitted()) {
            throw new IllegalStateException("the response is committed: no challenge can be sent");
        }
        new LogonGate(runtime).challenge(this).send(response);
        return false;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        if (!changed) {
            return super.getUserPrincipal();
        }
        return Optional.ofNullable(caller)
                .map(Caller::name)
                .map(NamedPrincipal::new)
                .orElse(null);
    }

    @Override
    public @Nullable String getRemoteUser() {
        return changed ? (caller == null ? null : caller.name()) : super.getRemoteUser();
    }

    @Override
    public boolean isUserInRole(String role) {
        if (!changed) {
            return super.isUserInRole(role);
        }
        return caller != null && (role.equals(ANY_CALLER) || caller.groups().contains(role));
    }

    @Override
    public @Nullable String getAuthType() {
        if (!changed) {
            return super.getAuthType();
        }
        return caller == null ? null : AUTH_TYPE;
    }

    private void changeTo(@Nullable Caller other) {
        changed = true;
        caller = other;
    }

    private record NamedPrincipal(String getName) implements Principal {}
}
