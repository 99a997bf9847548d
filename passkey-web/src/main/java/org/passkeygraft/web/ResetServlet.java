package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.passkeygraft.Account;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.ResetUse;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.MessagePage;
import org.passkeygraft.web.view.NameSuggestion;
import org.passkeygraft.web.view.ResetBindPage;
import org.passkeygraft.web.view.ResetPage;

/**
 * What an administrator's pass leads to: the password, one new passkey, and then the logon page like for everybody. Nobody
 * is logged on here, and nothing is said of the account before its password was right.
 */
public final class ResetServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public ResetServlet() {
        super(new Routes()
                .get("/passkey/reset", ResetServlet::show)
                .post("/passkey/reset", ResetServlet::use)
                .get("/passkey/reset/bind", ResetServlet::offer)
                .postJson("/passkey/reset/options", ResetServlet::options)
                .postJson("/passkey/reset/passkey", ResetServlet::bind)
                .get("/passkey/reset/done", ResetServlet::done));
    }

    /** Looks nothing up: the same for every pass, and a scanner that follows the link of a message spends nothing. */
    private static void show(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.page(200, new ResetPage(exchange.site(), exchange.field("pass"), null));
    }

    private static void use(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        ResetUse use = attempt(exchange);
        if (use instanceof ResetUse.Admitted admitted) {
            new ResetCookie(exchange).set(admitted.binding(), admitted.lifetime());
            exchange.goOn(exchange.own("/reset/bind"));
        } else if (use instanceof ResetUse.Throttled throttled) {
            RefusedException refusal = exchange.throttled(throttled.retryAfter());
            askAgain(
                    exchange,
                    refusal,
                    new Alert(refusal.problem().code(), throttled.retryAfter().toSeconds() + 1));
        } else {
            Problem problem = Problem.ofReset(((ResetUse.Refused) use).reason());
            askAgain(exchange, new RefusedException(problem), Alert.of(problem.code()));
        }
    }

    private static ResetUse attempt(WebExchange exchange) throws RefusedException {
        char[] password = exchange.field("password").toCharArray();
        try {
            return exchange.runtime()
                    .resetBinding()
                    .use(exchange.field("pass"), new LogonRequest.Password("", password, exchange.client()));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void askAgain(WebExchange exchange, RefusedException refusal, Alert alert)
            throws IOException, ServletException, RefusedException {
        if (exchange.wantsJson()) {
            throw refusal;
        }
        exchange.page(refusal.problem().status(), new ResetPage(exchange.site(), exchange.field("pass"), alert));
    }

    private static void offer(WebExchange exchange) throws IOException, ServletException, RefusedException {
        Checked<Account> holder =
                exchange.runtime().resetBinding().holder(new ResetCookie(exchange).read(), exchange.client());
        Account account = holder.passed()
                .orElseThrow(() -> new RefusedException(problem(holder.refusal().orElseThrow())));
        String suggestion =
                NameSuggestion.of(exchange.site().texts(), exchange.client().userAgent(), List.of());
        exchange.page(200, new ResetBindPage(exchange.site(), account.name(), suggestion, exchange.own("/reset/done")));
    }

    private static void options(WebExchange exchange) throws IOException, RefusedException {
        PasskeyName name = PasskeyName.parse(WebExchange.text(exchange.jsonBody(), "name"))
                .orElseThrow(() -> new RefusedException(Problem.INVALID_NAME));
        exchange.begun(
                exchange.runtime().resetBinding().begin(new ResetCookie(exchange).read(), name, exchange.client()),
                ResetServlet::problem);
    }

    private static void bind(WebExchange exchange) throws IOException, RefusedException {
        CeremonyAnswer answer = exchange.answer(CeremonyKind.RESET);
        BindResult result =
                exchange.runtime().resetBinding().end(new ResetCookie(exchange).read(), answer, exchange.client());
        if (result instanceof BindResult.Refused refused) {
            throw new RefusedException(problem(refused.reason()));
        }
        new ResetCookie(exchange).remove();
        exchange.json(201, PasskeyJson.of(((BindResult.Bound) result).passkey()));
    }

    /** Whose right is over must begin again, with a new pass. */
    private static Problem problem(Rejection reason) {
        return reason == Rejection.SESSIONS_ENDED ? Problem.CEREMONY_EXPIRED : Problem.ofChange(reason);
    }

    private static void done(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.page(200, new MessagePage(exchange.site(), 200, "reset-done", "", exchange.own("/logon")));
    }
}
