package org.passkeygraft.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;
import org.passkeygraft.LogonResult;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.RequestCaller;

/**
 * Who one request is from, once for the whole request, so that all that wraps it says the same (T-89): what the container
 * says, until somebody logs on or off in it; in the filter door what we say, found out when first asked. Thread-safe,
 * because an application may ask on a thread of its own.
 */
final class Identity {
    private static final String ATTRIBUTE = "org.passkeygraft.identity";
    private static final String PASSKEY = "PASSKEY";

    private final PasskeyRuntime runtime;
    private State state = State.UNASKED;
    private @Nullable Caller caller;

    private enum State {
        UNASKED,
        KNOWN,
        /** The accounts did not answer. */
        UNKNOWN,
        /** By a logon or logoff in this request. */
        CHANGED
    }

    private Identity(PasskeyRuntime runtime) {
        this.runtime = runtime;
    }

    /** The one of this request; another application that the request is dispatched to has its own. */
    static Identity of(HttpServletRequest request, PasskeyRuntime runtime) {
        if (request.getAttribute(ATTRIBUTE) instanceof Identity there && there.runtime == runtime) {
            return there;
        }
        Identity identity = new Identity(runtime);
        request.setAttribute(ATTRIBUTE, identity);
        return identity;
    }

    /** Whether we tell who it is; else the container does. */
    synchronized boolean isOurs() {
        return state == State.CHANGED || runtime.configuration().door() == Door.FILTER;
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
            caller = RequestCaller.of(request).orElse(null);
            state = State.KNOWN;
        } catch (UnavailableException accountsDown) {
            state = State.UNKNOWN;
        }
    }

    /** How the caller was authenticated, null for nobody. */
    synchronized @Nullable String authType(HttpServletRequest request) {
        if (caller(request).isEmpty()) {
            return null;
        }
        boolean byHeader = state != State.CHANGED
                && RequestCaller.basicResult(request)
                        .filter(LogonResult.Accepted.class::isInstance)
                        .isPresent();
        return byHeader ? HttpServletRequest.BASIC_AUTH : PASSKEY;
    }

    /** After a logon or logoff in this request. */
    synchronized void changeTo(@Nullable Caller other) {
        state = State.CHANGED;
        caller = other;
    }

    /** For a dispatch that comes later than the request, when the session may have ended (T-90). */
    synchronized void askAgain() {
        if (state != State.CHANGED) {
            state = State.UNASKED;
            caller = null;
        }
    }
}
