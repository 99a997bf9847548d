package org.passkeygraft.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;
import org.passkeygraft.LogonResult;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.RequestCaller;
import org.passkeygraft.http.RequestNote;

/**
 * Who one request is from, once for the whole request, so that all that wraps it says the same (T-89): what the container
 * says, until somebody logs on or off in it; in the filter door what we say, found out when first asked. Thread-safe,
 * because an application may ask on a thread of its own.
 */
final class Identity {
    private static final RequestNote<Identity> NOTE = new RequestNote<>("org.passkeygraft.identity", Identity.class);
    private static final String PASSKEY = "PASSKEY";

    private final PasskeyRuntime runtime;
    /** Whether the session said who it is when the request came, and the container only repeated it. */
    private final boolean bySession;

    private State state = State.UNASKED;
    private @Nullable Caller caller;
    /** Since a logon or logoff in this request: only the session counts, and we tell. */
    private boolean changed;

    private enum State {
        UNASKED,
        KNOWN,
        /** The accounts did not answer. */
        UNKNOWN
    }

    private Identity(PasskeyRuntime runtime, boolean bySession) {
        this.runtime = runtime;
        this.bySession = bySession;
    }

    /** The one of this request; another application that the request is dispatched to has its own. */
    static Identity of(HttpServletRequest request, PasskeyRuntime runtime) {
        return NOTE.read(request, runtime).orElseGet(() -> {
            boolean module = runtime.configuration().door() == Door.MODULE;
            Identity identity = new Identity(runtime, module && CallerSession.isRemembered(request, runtime));
            NOTE.write(request, runtime, identity);
            return identity;
        });
    }

    /** Whether we tell who it is; else the container does. */
    synchronized boolean isOurs() {
        return changed || runtime.configuration().door() == Door.FILTER;
    }

    /** The caller as far as we know it, nobody where the accounts do not answer. */
    synchronized Optional<Caller> caller(HttpServletRequest request) {
        if (state == State.UNASKED) {
            ask(request);
        }
        return Optional.ofNullable(caller);
    }

    /** Whether the accounts did not answer, so that nobody may be told that they are logged off. */
    synchronized boolean isUnknown(HttpServletRequest request) {
        caller(request);
        return state == State.UNKNOWN;
    }

    private void ask(HttpServletRequest request) {
        try {
            Optional<Caller> found = changed ? inSession(request) : RequestCaller.of(request, runtime);
            caller = found.orElse(null);
            state = State.KNOWN;
        } catch (UnavailableException accountsDown) {
            caller = null;
            state = State.UNKNOWN;
        }
    }

    private Optional<Caller> inSession(HttpServletRequest request) {
        return CallerSession.current(request, runtime).map(CallerSession::caller);
    }

    /** How the caller was authenticated, null for nobody. */
    synchronized @Nullable String authType(HttpServletRequest request) {
        if (caller(request).isEmpty()) {
            return null;
        }
        boolean byHeader = !changed
                && RequestCaller.basicResult(request, runtime)
                        .filter(LogonResult.Accepted.class::isInstance)
                        .isPresent();
        return byHeader ? HttpServletRequest.BASIC_AUTH : PASSKEY;
    }

    /** After a logon or logoff in this request. */
    synchronized void changeTo(@Nullable Caller other) {
        changed = true;
        state = State.KNOWN;
        caller = other;
    }

    /**
     * For a dispatch that comes later than the request, when the session may have ended (T-90). Containers do not ask the
     * module again then: where the session has another caller or none, we tell from here on.
     */
    synchronized void askAgain(HttpServletRequest request) {
        if (!isOurs() && bySession) {
            changed = !isStill(request.getUserPrincipal(), request);
        }
        if (isOurs()) {
            state = State.UNASKED;
            caller = null;
        }
    }

    private boolean isStill(@Nullable Principal known, HttpServletRequest request) {
        try {
            return known == null
                    || inSession(request)
                            .map(Caller::name)
                            .filter(name -> name.equals(known.getName()))
                            .isPresent();
        } catch (UnavailableException accountsDown) {
            return false;
        }
    }
}
