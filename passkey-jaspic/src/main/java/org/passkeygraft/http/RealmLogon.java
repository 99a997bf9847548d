package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.engine.AuthenticationEngine;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * A password logon that the module decides, because only the container's realm can tell (accounts of kind
 * {@code container}). The module calls {@link #decide} while it authenticates the request, a servlet or filter takes the
 * outcome from there. The engine decides as for any other logon: throttled, audited.
 */
public final class RealmLogon {
    private static final RequestNote<RealmLogon> NOTE =
            new RequestNote<>("org.passkeygraft.realm-logon", RealmLogon.class);
    private static final String LOGON = "/passkey/logon/password";
    private static final String CONFIRMATION = "/passkey/confirm/password";
    private static final String SECOND_FACTOR = "/passkey/second-factor/password";
    private static final Set<String> PAGES = Set.of(LOGON, CONFIRMATION, SECOND_FACTOR);

    private final @Nullable LogonResult result;
    private final @Nullable RuntimeException failure;

    private RealmLogon(@Nullable LogonResult result, @Nullable RuntimeException failure) {
        this.result = result;
        this.failure = failure;
    }

    /**
     * Decides the logon or the confirmation that this request is, if it is one: once, however often the container asks
     * the module during a request. What a servlet would refuse unread is left to the servlet, by the same rules.
     */
    public static void decide(HttpServletRequest request, ContainerRealm realm, PasskeyRuntime runtime) {
        if (!isAsked(request, runtime) || NOTE.read(request, runtime).isPresent()) {
            return;
        }
        // Before anything is asked: what is asked may ask the container for the caller, and so the module again.
        NOTE.write(request, runtime, new RealmLogon(null, null));
        if (isAcceptable(request, runtime)) {
            NOTE.write(request, runtime, outcome(() -> attempt(request, realm, runtime)));
        }
    }

    /**
     * What the module decided of this request; given once.
     *
     * @return empty if it decided nothing: accounts of another kind, or a request that must be refused unread
     * @throws org.passkeygraft.UnavailableException if nobody could tell
     */
    public static Optional<LogonResult> take(HttpServletRequest request, PasskeyRuntime runtime) {
        if (!isAsked(request, runtime)) {
            return Optional.empty();
        }
        // Jetty asks the module about a public request only when somebody asks for the caller.
        request.getUserPrincipal();
        Optional<RealmLogon> noted = NOTE.read(request, runtime);
        if (noted.isEmpty()) {
            return Optional.empty();
        }
        RealmLogon logon = noted.get();
        // Taken, but not forgotten: the password is checked once a request.
        NOTE.write(request, runtime, new RealmLogon(null, null));
        if (logon.failure != null) {
            throw logon.failure;
        }
        return Optional.ofNullable(logon.result);
    }

    private static boolean isAsked(HttpServletRequest request, PasskeyRuntime runtime) {
        if (!(runtime.configuration().accounts() instanceof Accounts.Container)
                || !request.getMethod().equals("POST")) {
            return false;
        }
        String path = Paths.of(request);
        return PAGES.contains(path) || Paths.isFormLogon(request);
    }

    private static boolean isAcceptable(HttpServletRequest request, PasskeyRuntime runtime) {
        return new SameOrigin(runtime.configuration().http().origins())
                        .objection(request)
                        .isEmpty()
                && FormRule.objection(request).isEmpty()
                && !new HttpsRule(runtime).isBroken(request);
    }

    private static RealmLogon outcome(Attempt attempt) {
        try {
            return new RealmLogon(attempt.run(), null);
        } catch (RuntimeException failed) {
            return new RealmLogon(null, failed);
        }
    }

    private static @Nullable LogonResult attempt(
            HttpServletRequest request, ContainerRealm realm, PasskeyRuntime runtime) {
        AuthenticationEngine engine = runtime.authentication();
        return switch (Paths.of(request)) {
            case LOGON ->
                withPassword(request, realm, runtime, field(request, "username"), "password", engine::authenticate);
            case CONFIRMATION ->
                CallerSession.current(request, runtime)
                        .map(CallerSession::account)
                        .map(caller -> withPassword(
                                request,
                                realm,
                                runtime,
                                caller.name(),
                                "password",
                                password -> runtime.confirmation().confirm(caller, password)))
                        .orElse(null);
            case SECOND_FACTOR ->
                withPassword(
                        request,
                        realm,
                        runtime,
                        "",
                        "password",
                        typed -> runtime.secondFactor()
                                .byPassword(
                                        new HalfLogonCookie(runtime.configuration()).read(request),
                                        typed.password(),
                                        typed.client(),
                                        realm));
            default ->
                withPassword(request, realm, runtime, field(request, "j_username"), "j_password", engine::authenticate);
        };
    }

    private static LogonResult withPassword(
            HttpServletRequest request,
            ContainerRealm realm,
            PasskeyRuntime runtime,
            String username,
            String passwordField,
            Function<LogonRequest.Password, LogonResult> decision) {
        char[] password = field(request, passwordField).toCharArray();
        try {
            return decision.apply(
                    new LogonRequest.Password(username, password, RemoteClient.of(request, runtime), realm));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static String field(HttpServletRequest request, String name) {
        return Fields.find(request, name).orElse("");
    }

    @FunctionalInterface
    private interface Attempt {
        @Nullable LogonResult run();
    }
}
