package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.LogonResult;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.Rejection;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.Fields;
import org.passkeygraft.http.HalfLogonCookie;
import org.passkeygraft.http.Paths;
import org.passkeygraft.http.RemoteClient;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;
import org.passkeygraft.web.view.Page;
import org.passkeygraft.web.view.Site;
import org.passkeygraft.web.view.Texts;

/** One request to a page or a ceremony endpoint of ours, with the few ways in which such a request is read and answered. */
final class WebExchange {
    private static final String VIEWS = "/WEB-INF/passkey/";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final PasskeyRuntime runtime;
    private final CeremonyCookies cookies;
    private boolean json;
    private boolean bodyRead;
    private Supplier<Optional<String>> shapeFault = Optional::empty;
    private Map<String, String> variables = Map.of();

    WebExchange(
            HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime, CeremonyCookies cookies) {
        this.request = request;
        this.response = response;
        this.runtime = runtime;
        this.cookies = cookies;
    }

    void foundAt(List<String> path, List<Routes.Route> routes) {
        json = routes.stream().allMatch(Routes.Route::json);
        variables = routes.get(0).variables(path);
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    PasskeyRuntime runtime() {
        return runtime;
    }

    /** HEAD is GET without the body, which the container leaves out. */
    String method() {
        return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    }

    /** The container's own reading of the path, below the context (T-70). */
    String path() {
        return Paths.of(request);
    }

    /** What stands for <code>{id}</code> in the path. */
    String variable() {
        return variable("{id}");
    }

    /** What stands for a variable in the path, named with its brackets; empty if the path has none of this name. */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    Client client() {
        return RemoteClient.of(request, runtime);
    }

    Optional<CallerSession> caller() {
        return CallerSession.current(request, runtime);
    }

    /** Begins the session of somebody whose logon is complete, and takes back what led to it. */
    void begin(LogonResult.Accepted logon) {
        CallerSession.begin(request, response, logon, runtime);
        endHalfLogon();
    }

    /**
     * Ends the request's session, ours and the container's.
     *
     * @return whose logon it was, empty where nobody was logged on
     */
    Optional<Account> end() throws ServletException {
        if (runtime.configuration().door() == Door.JAAS) {
            request.logout();
        }
        return CallerSession.end(request);
    }

    /** What an answer before this one left to be shown here once; HEAD looks at it and leaves it. */
    Optional<String> takeOnce(CallerSession caller, String page) {
        return request.getMethod().equals("GET") ? caller.takeOnce(page) : Optional.empty();
    }

    /** The caller, or a challenge as the application's own protected pages give it. */
    CallerSession requireCaller() throws RefusedException {
        return caller().orElseThrow(() -> new RefusedException(Problem.AUTHENTICATION_REQUIRED));
    }

    /** The caller, if an administrator; asked of the directory, not of the session (T-52). */
    CallerSession requireAdministrator() throws RefusedException {
        CallerSession caller = requireCaller();
        Optional<Rejection> objection =
                runtime.administrators().objectionToLook(caller.provenCaller(ProofGroup.ADMINISTRATION, client()));
        if (objection.isPresent()) {
            throw new RefusedException(Problem.FORBIDDEN);
        }
        return caller;
    }

    /** A parameter of the address or a field of the form, empty if it is not there. */
    String field(String name) throws RefusedException {
        return find(name).orElse("");
    }

    /** Whether the address has such a parameter, whatever its value. */
    boolean has(String name) throws RefusedException {
        return find(name).isPresent();
    }

    private Optional<String> find(String name) throws RefusedException {
        try {
            return Fields.find(request, name);
        } catch (RuntimeException undecodable) {
            throw new RefusedException(Problem.INVALID_REQUEST);
        }
    }

    /** Refuses whatever is not a form of ours, and reads the whole of it, whether its fields are looked at or not. */
    void requireForm() throws RefusedException {
        Body.requireForm(request, response);
        find("");
        bodyRead = true;
    }

    /** Before a refusal: what was sent and not read ends the connection. */
    void leaveBody() {
        if (!bodyRead) {
            Body.leave(request, response);
        }
    }

    private Bytes json() throws IOException, RefusedException {
        Bytes body = Body.json(request, response);
        bodyRead = true;
        return body;
    }

    JsonObject jsonBody() throws IOException, RefusedException {
        return Body.parsed(json());
    }

    /** A member of the body that is a text; empty if it is not there. */
    static String text(JsonObject body, String name) throws RefusedException {
        try {
            return body.text(name).orElse("");
        } catch (JsonException otherType) {
            throw RefusedException.malformed(otherType);
        }
    }

    /**
     * The body as the answer to a ceremony of this kind, with what the browser holds of such ceremonies. The one that it
     * answers is taken back, whatever becomes of it: no ceremony is answered twice.
     */
    CeremonyAnswer answer(CeremonyKind kind) throws IOException, RefusedException {
        CeremonyAnswer answer = new CeremonyAnswer(json(), cookies.read(request, kind));
        shapeFault = () -> runtime.authentication().shapeFault(kind, answer.json());
        AnsweredChallenge.tag(answer.json()).ifPresent(tag -> cookies.remove(request, response, kind, tag));
        return answer;
    }

    /** Returns what is wrong with the shape of a ceremony's answer, for the developer who reads the refusal of it. */
    Optional<String> shapeFault() {
        return shapeFault.get();
    }

    /** Takes back all that the browser holds of a kind, which is of no use any more. */
    void endCeremonies(CeremonyKind kind) {
        cookies.removeAll(request, response, kind);
    }

    /** Sends the options of a ceremony, with the ceremony itself in a cookie. */
    void begun(CeremonyStart start, Function<Rejection, Problem> table) throws IOException, RefusedException {
        if (start instanceof CeremonyStart.Begun begun) {
            cookies.add(request, response, begun.ceremony());
            write(200, "application/json", begun.ceremony().optionsJson());
        } else if (start instanceof CeremonyStart.Throttled throttled) {
            throw throttled(throttled.retryAfter());
        } else {
            throw new RefusedException(table.apply(((CeremonyStart.Refused) start).reason()));
        }
    }

    RefusedException throttled(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.toSeconds() + (retryAfter.toNanosPart() > 0 ? 1 : 0));
        response.setHeader("Retry-After", Long.toString(seconds));
        return new RefusedException(Problem.TOO_MANY_REQUESTS);
    }

    /** What the browser holds of half a logon: a pass to be shown, empty if there is none. */
    String halfLogon() {
        return halfLogonCookie().read(request);
    }

    /** Hands half a logon to the browser; nobody is logged on. */
    void keep(LogonResult.SecondFactorRequired half) {
        halfLogonCookie().set(request, response, half);
    }

    /** Takes back what the browser holds of half a logon. */
    void endHalfLogon() {
        halfLogonCookie().remove(request, response);
        endCeremonies(CeremonyKind.SECOND_FACTOR);
    }

    private HalfLogonCookie halfLogonCookie() {
        return new HalfLogonCookie(runtime.configuration());
    }

    /** Whether the address is one of data only. */
    boolean isData() {
        return json;
    }

    /** Whether errors and outcomes are data: on JSON endpoints, and for clients that ask for it. */
    boolean wantsJson() {
        String accept =
                Optional.ofNullable(request.getHeader("Accept")).orElse("").toLowerCase(Locale.ROOT);
        return json || (accept.contains("application/json") && !accept.contains("text/html"));
    }

    void json(int status, Map<String, ?> body) throws IOException {
        write(status, "application/json", Json.write(body));
    }

    /** On: for a browser a redirect after a form, for a client the same as data. */
    void goOn(String location) throws IOException {
        if (wantsJson()) {
            json(200, Map.of("location", location));
        } else {
            response.setStatus(303);
            response.setHeader("Location", location);
        }
    }

    /** Done, with a page to look at, or for a client nothing more to say. */
    void done(String location) throws IOException {
        if (wantsJson()) {
            response.setStatus(204);
        } else {
            goOn(location);
        }
    }

    /** Asks a browser for a fresh proof first; what it sent is not kept. */
    void confirmFirst(ProofGroup group, String back) throws IOException {
        goOn(own("/confirm?for=" + group.label() + "&return=")
                + runtime.targets().seal(back));
    }

    void page(int status, Page page) throws IOException, ServletException {
        response.setStatus(status);
        request.setAttribute("page", page);
        request.setAttribute("reload", method().equals("POST") ? page.address() : "");
        request.getRequestDispatcher(VIEWS + page.view()).forward(request, response);
    }

    void write(int status, String type, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    Site site() {
        return new Site(
                context(),
                context() + StaticFiles.folder(),
                runtime.configuration().relyingParty().id(),
                runtime.configuration().relyingParty().name(),
                Texts.preferred(Collections.list(request.getLocales())),
                runtime.configuration()
                        .http()
                        .forgottenPassword()
                        .map(Object::toString)
                        .orElse(""));
    }

    private String context() {
        return Paths.publicContext(request, runtime);
    }

    /** A path of ours, from the host's root. */
    String own(String path) {
        return context() + "/passkey" + path;
    }

    /** Where the application is for a link that is to be passed on; never what the request says of itself. */
    String configuredOrigin() {
        return runtime.configuration().http().origins().iterator().next();
    }

    String home() {
        return context() + runtime.configuration().http().startPage();
    }

    String afterLogout() {
        return context() + runtime.configuration().http().logoutTarget();
    }

    /** A path of ours that takes the sealed target along. */
    String own(String path, String sealedTarget) {
        return sealedTarget.isEmpty() ? own(path) : own(path) + "?to=" + Encoded.query(sealedTarget);
    }

    /** Where a sealed target leads; the start page if it is none of ours. */
    String location(String sealedTarget) {
        return runtime.targets()
                .open(sealedTarget)
                .map(path -> context() + path)
                .orElseGet(this::home);
    }
}
