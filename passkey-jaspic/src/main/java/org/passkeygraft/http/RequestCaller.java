package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * The caller of one request: the session's, or whoever a BASIC header proves where the application uses BASIC. Such a
 * header is checked once a request, however often containers ask, and leaves nothing behind: no session, no cookie.
 */
public final class RequestCaller {
    private static final String DECIDED = "org.passkeygraft.basic";

    private RequestCaller() {}

    /**
     * Who the request is from.
     *
     * @throws UnavailableException if nobody can tell now
     */
    public static Optional<Caller> of(HttpServletRequest request) {
        return of(request, null);
    }

    /**
     * The same while a container is authenticating the request.
     *
     * @param realm the container's own, for accounts that only it knows; null where it cannot be asked
     * @throws UnavailableException if nobody can tell now
     */
    public static Optional<Caller> of(HttpServletRequest request, @Nullable ContainerRealm realm) {
        Optional<Caller> logged = CallerSession.current(request).map(CallerSession::caller);
        return logged.isPresent() ? logged : byHeader(request, realm);
    }

    /** Whether this request's header was checked, and what came of it. */
    public static Optional<LogonResult> basicResult(HttpServletRequest request) {
        return request.getAttribute(DECIDED) instanceof Decided decided
                ? Optional.ofNullable(decided.result())
                : Optional.empty();
    }

    private static Optional<Caller> byHeader(HttpServletRequest request, @Nullable ContainerRealm realm) {
        PasskeyRuntime runtime = RuntimeContext.of(request.getServletContext());
        if (!runtime.configuration().entrance().takesBasic() || !BasicCredentials.areSent(request)) {
            return Optional.empty();
        }
        if (!(request.getAttribute(DECIDED) instanceof Decided)) {
            request.setAttribute(DECIDED, decide(request, runtime, realm));
        }
        Decided decided = (Decided) request.getAttribute(DECIDED);
        if (decided.unavailable() != null) {
            throw decided.unavailable();
        }
        return decided.result() instanceof LogonResult.Accepted accepted
                ? Optional.of(accepted.caller())
                : Optional.empty();
    }

    private static Decided decide(HttpServletRequest request, PasskeyRuntime runtime, @Nullable ContainerRealm realm) {
        try (BasicCredentials credentials = BasicCredentials.of(request)) {
            return new Decided(
                    runtime.authentication()
                            .authenticate(new LogonRequest.Password(
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
