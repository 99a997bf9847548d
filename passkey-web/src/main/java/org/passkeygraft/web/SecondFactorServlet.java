package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.LogonResult;
import org.passkeygraft.engine.SecondFactor;
import org.passkeygraft.engine.SecondFactorState;
import org.passkeygraft.http.RealmLogon;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.NameSuggestion;
import org.passkeygraft.web.view.Notice;
import org.passkeygraft.web.view.SecondFactorPage;

/**
 * The other half of a logon. The browser shows the pass that it got for the first half; until every factor was right there
 * is no session and no caller (T-40), and whatever is left out or cancelled leads back to the beginning (T-42).
 */
public final class SecondFactorServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public SecondFactorServlet() {
        super(new Routes()
                .get("/passkey/second-factor", exchange -> page(exchange, 200, null))
                .postJson("/passkey/second-factor/options", SecondFactorServlet::options)
                .postJson("/passkey/second-factor/assertion", SecondFactorServlet::byPasskey)
                .postJson("/passkey/second-factor/binding/options", SecondFactorServlet::bindingOptions)
                .postJson("/passkey/second-factor/binding", SecondFactorServlet::bind)
                .post("/passkey/second-factor/code/request", SecondFactorServlet::requestCode)
                .post("/passkey/second-factor/code", SecondFactorServlet::byCode)
                .post("/passkey/second-factor/password", SecondFactorServlet::byPassword)
                .post("/passkey/second-factor/cancel", SecondFactorServlet::cancel));
    }

    private static SecondFactor secondFactor(WebExchange exchange) {
        return exchange.runtime().secondFactor();
    }

    private static void page(WebExchange exchange, int status, @Nullable Alert alert)
            throws IOException, ServletException, RefusedException {
        Optional<SecondFactorState> state = secondFactor(exchange).state(exchange.halfLogon());
        if (state.isEmpty()) {
            startAgain(exchange);
            return;
        }
        SecondFactorState half = state.get();
        String suggestion =
                NameSuggestion.of(exchange.site().texts(), exchange.client().userAgent(), List.of());
        exchange.page(
                status,
                new SecondFactorPage(
                        exchange.site(),
                        half.account().name(),
                        half.mustBind(),
                        half.ways(),
                        exchange.field("to"),
                        suggestion,
                        Codes.form(
                                exchange,
                                secondFactor(exchange).backup(exchange.halfLogon()),
                                "/second-factor/code",
                                "",
                                "to"),
                        alert));
    }

    /** Who was too late begins anew; who is logged on meanwhile, from another tab, is where they wanted to be. */
    private static void startAgain(WebExchange exchange) throws IOException, RefusedException {
        String target = exchange.field("to");
        boolean tooLate = !exchange.halfLogon().isEmpty();
        exchange.endHalfLogon();
        if (exchange.caller().isPresent()) {
            exchange.goOn(exchange.location(target));
        } else {
            String logon = exchange.own("/logon", target);
            String notice = (target.isEmpty() ? "?" : "&") + "notice=" + Notice.TOO_LATE.label();
            exchange.goOn(tooLate ? logon + notice : logon);
        }
    }

    private static void options(WebExchange exchange) throws IOException, RefusedException {
        exchange.jsonBody();
        exchange.begun(secondFactor(exchange).begin(exchange.halfLogon(), exchange.client()), Problem::ofLogon);
    }

    private static void byPasskey(WebExchange exchange) throws IOException, RefusedException {
        CeremonyAnswer answer = exchange.answer(CeremonyKind.SECOND_FACTOR);
        LogonResult result = secondFactor(exchange).end(exchange.halfLogon(), answer, exchange.client());
        complete(exchange, Logons.require(exchange, result));
    }

    private static void bindingOptions(WebExchange exchange) throws IOException, RefusedException {
        BindingWish wish = BindingWish.read(exchange.jsonBody());
        exchange.begun(
                secondFactor(exchange).beginBinding(exchange.halfLogon(), wish.name(), wish.use(), exchange.client()),
                Problem::ofChange);
    }

    private static void bind(WebExchange exchange) throws IOException, RefusedException {
        CeremonyAnswer answer = exchange.answer(CeremonyKind.BINDING);
        LogonResult result = secondFactor(exchange).bind(exchange.halfLogon(), answer, exchange.client());
        complete(exchange, Logons.require(exchange, result, Problem::ofChange));
    }

    private static void byPassword(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        FormStep.takeOrAsk(
                exchange,
                () -> complete(exchange, Logons.require(exchange, attempt(exchange))),
                SecondFactorServlet::page,
                FormStep::alert);
    }

    /** Tries a password as typed, unless the container's realm was asked already. */
    private static LogonResult attempt(WebExchange exchange) throws RefusedException {
        Optional<LogonResult> decided = RealmLogon.take(exchange.request(), exchange.runtime());
        if (decided.isPresent()) {
            return decided.get();
        }
        char[] password = exchange.field("password").toCharArray();
        try {
            return secondFactor(exchange).byPassword(exchange.halfLogon(), password, exchange.client(), null);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void requestCode(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        FormStep.takeOrAsk(
                exchange,
                () -> Codes.answer(
                        exchange,
                        secondFactor(exchange).requestCode(exchange.halfLogon(), exchange.client()),
                        exchange.own("/second-factor", exchange.field("to"))),
                SecondFactorServlet::page,
                Codes::alert);
    }

    private static void byCode(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        LogonResult result =
                secondFactor(exchange).byCode(exchange.halfLogon(), exchange.field("code"), exchange.client());
        FormStep.takeOrAsk(
                exchange,
                () -> complete(exchange, Logons.require(exchange, result, Problem::ofBackup)),
                SecondFactorServlet::page,
                Codes::alert);
    }

    private static void cancel(WebExchange exchange) throws IOException, RefusedException {
        exchange.requireForm();
        secondFactor(exchange).cancel(exchange.halfLogon());
        exchange.endHalfLogon();
        exchange.goOn(exchange.own("/logon", exchange.field("to")));
    }

    private static void complete(WebExchange exchange, LogonResult.Accepted logon)
            throws IOException, RefusedException {
        exchange.begin(logon);
        exchange.goOn(exchange.location(exchange.field("to")));
    }
}
