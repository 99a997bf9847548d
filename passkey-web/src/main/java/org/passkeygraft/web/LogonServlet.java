package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.LogonTickets;
import org.passkeygraft.engine.SealedTexts;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.FollowerCookie;
import org.passkeygraft.http.RealmLogon;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.LogonPage;
import org.passkeygraft.web.view.Notice;

/** Logging on and off: the logon page in its two steps, the logon ceremony, the password fallback. */
public final class LogonServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public LogonServlet() {
        super(new Routes()
                .get("/passkey/logon", LogonServlet::askName)
                .post("/passkey/logon", whereWeLogOn(LogonServlet::askMethod))
                .post("/passkey/logon/password", whereWeLogOn(LogonServlet::byPassword))
                .postJson("/passkey/logon/options", LogonServlet::options)
                .postJson("/passkey/logon/assertion", whereWeLogOn(LogonServlet::byPasskey))
                .postJson("/passkey/ticket", whereTheContainerLogsOn(LogonServlet::ticket))
                .post("/passkey/logout", LogonServlet::logOff));
    }

    private static Routes.Handler whereWeLogOn(Routes.Handler handler) {
        return exchange -> {
            if (isContainers(exchange)) {
                throw new RefusedException(Problem.NOT_FOUND);
            }
            handler.handle(exchange);
        };
    }

    private static Routes.Handler whereTheContainerLogsOn(Routes.Handler handler) {
        return exchange -> {
            if (!isContainers(exchange)) {
                throw new RefusedException(Problem.NOT_FOUND);
            }
            handler.handle(exchange);
        };
    }

    /** Whether callers log on by the container's own form, and we only follow. */
    private static boolean isContainers(WebExchange exchange) {
        return exchange.runtime().configuration().door() == Door.JAAS;
    }

    private static void askName(WebExchange exchange) throws IOException, ServletException, RefusedException {
        String target = exchange.field("to");
        String sealedName = exchange.field("name");
        Optional<String> name = exchange.runtime().sealedTexts().open(SealedTexts.Kind.USER_NAME, sealedName);
        Optional<CallerSession> caller = exchange.caller();
        // Whoever goes back to the second step of a logon that is done goes on; another user may still log on.
        if (caller.isPresent()
                && name.filter(typed -> !typed.equals(caller.get().account().name()))
                        .isEmpty()) {
            exchange.goOn(exchange.location(target));
            return;
        }
        if (name.isPresent() && !isContainers(exchange)) {
            exchange.page(200, methodPage(exchange, name.get(), sealedName));
            return;
        }
        if (isContainers(exchange)) {
            // Only the application has a page that the container takes a logon from.
            exchange.goOn(exchange.home());
            return;
        }
        Optional<Notice> notice = Notice.parse(exchange.field("notice"));
        LogonPage page = LogonPage.askingName(exchange.site(), target, allowed(exchange), notice.orElse(null));
        // After a refused logon from a page of the application's own that has no error page.
        exchange.page(200, exchange.has("error") ? page.with(Alert.of(Problem.AUTHENTICATION_FAILED.code())) : page);
    }

    /** To the second step, at an address that keeps the name and tells it to no log. */
    private static void askMethod(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        String username = exchange.field("username");
        String target = exchange.field("to");
        Optional<String> sealedName = sealed(exchange, username);
        if (username.isBlank() || sealedName.isEmpty()) {
            LogonPage again = LogonPage.askingName(exchange.site(), target, allowed(exchange), null);
            exchange.page(422, again.with(Alert.of("username-missing")));
        } else {
            exchange.goOn(LogonPage.address(exchange.site(), sealedName.get(), target));
        }
    }

    private static Optional<String> sealed(WebExchange exchange, String username) {
        return exchange.runtime().sealedTexts().seal(SealedTexts.Kind.USER_NAME, username);
    }

    private static LogonPage methodPage(WebExchange exchange, String username, String sealedName)
            throws RefusedException {
        boolean passkeyFirst = exchange.runtime().policy().password() == PasswordRule.WHILE_NO_PASSKEY;
        return LogonPage.askingMethod(
                exchange.site(), username, sealedName, exchange.field("to"), passkeyFirst, allowed(exchange));
    }

    private static void options(WebExchange exchange) throws IOException, RefusedException {
        String username = WebExchange.text(exchange.jsonBody(), "username");
        exchange.begun(exchange.runtime().authentication().beginLogon(username, exchange.client()), Problem::ofLogon);
    }

    private static void byPasskey(WebExchange exchange) throws IOException, RefusedException {
        CeremonyAnswer answer = exchange.answer(CeremonyKind.LOGON);
        LogonResult result =
                exchange.runtime().authentication().authenticate(new LogonRequest.Assertion(answer, exchange.client()));
        String target = exchange.field("to");
        if (result instanceof LogonResult.SecondFactorRequired half) {
            Logons.askSecondFactor(exchange, half, target);
            return;
        }
        LogonResult.Accepted logon = Logons.require(exchange, result);
        exchange.endCeremonies(CeremonyKind.LOGON);
        exchange.begin(logon);
        exchange.goOn(exchange.location(target));
    }

    /** A logon but for its end: what is given out lets the container log the caller on, once. */
    private static void ticket(WebExchange exchange) throws IOException, RefusedException {
        CeremonyAnswer answer = exchange.answer(CeremonyKind.LOGON);
        LogonResult result = exchange.runtime()
                .authentication()
                .authenticateForTicket(new LogonRequest.Assertion(answer, exchange.client()));
        LogonResult.Accepted logon = Logons.require(exchange, result);
        exchange.endCeremonies(CeremonyKind.LOGON);
        LogonTickets.Issued ticket = exchange.runtime().tickets().issue(logon);
        new FollowerCookie(exchange.runtime().configuration()).set(exchange.request(), exchange.response(), ticket);
        exchange.json(200, Map.of("username", logon.account().name(), "ticket", ticket.text()));
    }

    private static void byPassword(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        String username = exchange.field("username");
        logOn(
                exchange,
                username,
                exchange.field("password"),
                exchange.field("to"),
                refused -> askAgain(exchange, username, refused));
    }

    /** Answers a browser whose password was refused. */
    @FunctionalInterface
    interface Refusal {
        void answer(LogonResult refused) throws IOException, ServletException, RefusedException;
    }

    /** Logs on by password and leads on, whichever form it came from; {@code refusal} is for browsers only. */
    static void logOn(WebExchange exchange, String username, String password, String target, Refusal refusal)
            throws IOException, ServletException, RefusedException {
        LogonResult result = attempt(exchange, username, password);
        if (result instanceof LogonResult.Accepted logon) {
            exchange.begin(logon);
            exchange.goOn(afterPassword(exchange, logon, target));
        } else if (result instanceof LogonResult.SecondFactorRequired half) {
            Logons.askSecondFactor(exchange, half, target);
        } else if (exchange.wantsJson()) {
            Logons.require(exchange, result);
        } else {
            refusal.answer(result);
        }
    }

    /** Tries a password as typed, unless the container's realm was asked already. */
    private static LogonResult attempt(WebExchange exchange, String username, String typed) {
        Optional<LogonResult> decided = RealmLogon.take(exchange.request(), exchange.runtime());
        if (decided.isPresent()) {
            return decided.get();
        }
        char[] password = typed.toCharArray();
        try {
            return exchange.runtime()
                    .authentication()
                    .authenticate(new LogonRequest.Password(username, password, exchange.client()));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Where a password logon leads: to a pause for the browser to make a passkey, or on. */
    private static String afterPassword(WebExchange exchange, LogonResult.Accepted logon, String target) {
        boolean pause = exchange.caller()
                .filter(caller -> UpgradeServlet.isDue(exchange, caller))
                .isPresent();
        if (pause) {
            return exchange.own("/upgrade", target);
        }
        return logon.methods().equals(Set.of(LogonMethod.PASSWORD))
                ? afterUpgrade(exchange, logon.account(), target)
                : exchange.location(target);
    }

    /** Where it leads without that pause: to the offer of a passkey, or on. */
    static String afterUpgrade(WebExchange exchange, Account account, String target) {
        return exchange.runtime().passkeys().offersBinding(account)
                ? exchange.own("/bind", target)
                : exchange.location(target);
    }

    private static void askAgain(WebExchange exchange, String username, LogonResult result)
            throws IOException, ServletException, RefusedException {
        LogonPage page =
                methodPage(exchange, username, sealed(exchange, username).orElse(""));
        if (result instanceof LogonResult.Throttled throttled) {
            exchange.throttled(throttled.retryAfter());
            exchange.page(
                    429,
                    page.with(new Alert(
                            Problem.TOO_MANY_REQUESTS.code(),
                            throttled.retryAfter().toSeconds() + 1)));
        } else {
            Problem problem = Problem.ofLogon(((LogonResult.Rejected) result).reason());
            exchange.page(problem.status(), page.with(Alert.of(problem.code())));
        }
    }

    private static void logOff(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        exchange.end().ifPresent(account -> exchange.runtime().authentication().loggedOff(account, exchange.client()));
        exchange.done(exchange.afterLogout());
    }

    private static boolean allowed(WebExchange exchange) {
        return exchange.runtime().authentication().passkeysAllowed();
    }
}
