package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * The caller of one request: the session's, or whoever a BASIC header proves where the application uses BASIC. Such a
 * header is checked once a request, however often containers ask, and leaves nothing behind: no session, no cookie.
 */
public final class RequestCaller {
    private static final RequestNote<Decided> DECIDED = new RequestNote<>("org.passkeygraft.basic", Decided.class);

    private RequestCaller() {}

    /**
     * Who the request is from, to the application of this runtime.
     *
     * @throws UnavailableException if nobody can tell now
     */
    public static Optional<Caller> of(HttpServletRequest request, PasskeyRuntime runtime) {
        return of(request, runtime, null);
    }

    /**
     * The same while a container is authenticating the request, to the application that the request is in.
     *
     * @param realm the container's own, for accounts that only it knows; null where it cannot be asked
     * @throws UnavailableException if nobody can tell now
     */
    public static Optional<Caller> of(HttpServletRequest request, @Nullable ContainerRealm realm) {
        return of(request, RuntimeContext.of(request.getServletContext()), realm);
    }

    private static Optional<Caller> of(
            HttpServletRequest request, PasskeyRuntime runtime, @Nullable ContainerRealm realm) {
        Optional<Caller> logged = CallerSession.current(request, runtime).map(CallerSession::caller);
        return logged.isPresent() ? logged : byHeader(request, runtime, realm);
    }

    /** Whether the request may come from a caller: nobody is asked, neither the accounts nor the container. */
    public static boolean isLikely(HttpServletRequest request, PasskeyRuntime runtime) {
        return CallerSession.isRemembered(request, runtime) || carriesBasic(request, runtime);
    }

    /** Whether this request's header was checked, and what came of it. */
    public static Optional<LogonResult> basicResult(HttpServletRequest request, PasskeyRuntime runtime) {
        return DECIDED.read(request, runtime).map(Decided::result);
    }

    private static boolean carriesBasic(HttpServletRequest request, PasskeyRuntime runtime) {
        return runtime.configuration().entrance().takesBasic() && BasicCredentials.areSent(request);
    }

    private static Optional<Caller> byHeader(
            HttpServletRequest request, PasskeyRuntime runtime, @Nullable ContainerRealm realm) {
        if (!carriesBasic(request, runtime)) {
            return Optional.empty();
        }
        Optional<Decided> before = DECIDED.read(request, runtime);
        Decided decided = before.orElseGet(() -> decide(request, runtime, realm));
        if (before.isEmpty()) {
            DECIDED.write(request, runtime, decided);
        }
        if (decided.unavailable() != null) {
            throw decided.unavailable();
        }
        return decided.result() instanceof LogonResult.Accepted accepted
                ? Optional.of(accepted.caller())
                : Optional.empty();
    }

    private static Decided decide(HttpServletRequest request, PasskeyRuntime runtime, @Nullable ContainerRealm realm) {
        HttpsRule https = new HttpsRule(runtime);
        if (https.isBroken(request)) {
            https.refused(request);
            return new Decided(new LogonResult.Rejected(Rejection.IN_CLEAR), null);
        }
        try (BasicCredentials credentials = BasicCredentials.of(request)) {
            return new Decided(
                    runtime.authentication()
                            .authenticateRequest(new LogonRequest.Password(
                                    credentials.username(),
                                    credentials.password(),
                                    RemoteClient.of(request, runtime),
                                    realm)),
                    null);
        } catch (UnavailableException undecided) {
            return new Decided(null, undecided);
        }
    }

    /** One of the two is there. */
    private record Decided(
            @Nullable LogonResult result, @Nullable UnavailableException unavailable) {}
}
