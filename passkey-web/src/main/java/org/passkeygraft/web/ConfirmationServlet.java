package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.engine.BackupOffer;
import org.passkeygraft.engine.ProofWays;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.RealmLogon;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.CodeForm;
import org.passkeygraft.web.view.ConfirmPage;
import org.passkeygraft.web.view.Notice;

/**
 * A fresh proof before a sensitive change: by passkey, by password while the account has none, or by the password and then
 * by what is enough beside it. {@code for} says what the proof is good for; it is good for nothing else (T-46).
 */
public final class ConfirmationServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public ConfirmationServlet() {
        super(new Routes()
                .get("/passkey/confirm", exchange -> page(exchange, 200, null))
                .postJson("/passkey/confirm/options", ConfirmationServlet::options)
                .postJson("/passkey/confirm/assertion", ConfirmationServlet::byPasskey)
                .post("/passkey/confirm/code/request", ConfirmationServlet::requestCode)
                .post("/passkey/confirm/code", ConfirmationServlet::byCode)
                .post("/passkey/confirm/password", ConfirmationServlet::byPassword));
    }

    private static void page(WebExchange exchange, int status, @Nullable Alert alert)
            throws IOException, ServletException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        ProofGroup group = group(exchange);
        Optional<Notice> notice = Notice.parse(exchange.field("notice"));
        ProvenCaller proven = caller.provenCaller(group, exchange.client());
        ProofWays ways = exchange.runtime().confirmation().ways(caller.account());
        Set<LogonMethod> next = exchange.runtime().confirmation().next(proven, ways);
        exchange.page(
                status,
                new ConfirmPage(
                        exchange.site(),
                        group,
                        caller.account().name(),
                        next,
                        !ways.besidePassword().isEmpty(),
                        exchange.field("return"),
                        home(exchange, group),
                        codes(exchange, caller, next),
                        notice.orElse(null),
                        alert));
    }

    /** The form for a code, once the password was shown. */
    private static @Nullable CodeForm codes(WebExchange exchange, CallerSession caller, Set<LogonMethod> next)
            throws RefusedException {
        boolean asked = next.contains(LogonMethod.ONE_TIME_CODE) || next.contains(LogonMethod.RECOVERY_CODE);
        BackupOffer offer =
                asked ? exchange.runtime().confirmation().backup(caller.account(), caller.secret()) : BackupOffer.NONE;
        return Codes.form(exchange, offer, "/confirm/code", group(exchange).label(), "return");
    }

    private static void requestCode(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        ProvenCaller proven = caller.provenCaller(group(exchange), exchange.client());
        FormStep.takeOrAsk(
                exchange,
                () -> Codes.answer(
                        exchange,
                        exchange.runtime().confirmation().requestCode(proven, caller.secret()),
                        again(exchange)),
                ConfirmationServlet::page,
                Codes::alert);
    }

    private static void byCode(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        ProvenCaller proven = caller.provenCaller(group(exchange), exchange.client());
        Checked<LogonMethod> shown =
                exchange.runtime().confirmation().byCode(proven, caller.secret(), exchange.field("code"));
        FormStep.takeOrAsk(
                exchange,
                () -> {
                    if (shown.refusal().isPresent()) {
                        throw Codes.refused(exchange, shown.refusal().get());
                    }
                    caller.prove(
                            exchange.request(),
                            group(exchange),
                            Set.of(shown.passed().orElseThrow()));
                    exchange.goOn(location(exchange));
                },
                ConfirmationServlet::page,
                Codes::alert);
    }

    private static void options(WebExchange exchange) throws IOException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        exchange.jsonBody();
        exchange.begun(exchange.runtime().confirmation().begin(caller.account(), exchange.client()), Problem::ofLogon);
    }

    private static void byPasskey(WebExchange exchange) throws IOException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        CeremonyAnswer answer = exchange.answer(CeremonyKind.CONFIRMATION);
        confirm(exchange, caller, new LogonRequest.Assertion(answer, exchange.client()));
        exchange.goOn(location(exchange));
    }

    private static void byPassword(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        FormStep.takeOrAsk(exchange, () -> byPassword(exchange, caller), ConfirmationServlet::page, FormStep::alert);
    }

    private static void byPassword(WebExchange exchange, CallerSession caller) throws IOException, RefusedException {
        char[] password = exchange.field("password").toCharArray();
        try {
            confirm(exchange, caller, new LogonRequest.Password(caller.account().name(), password, exchange.client()));
            exchange.goOn(afterPassword(exchange, caller));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** To where the confirmation was asked for, or to its other part. */
    private static String afterPassword(WebExchange exchange, CallerSession caller) throws RefusedException {
        ProofWays ways = exchange.runtime().confirmation().ways(caller.account());
        return ways.alone().contains(LogonMethod.PASSWORD) ? location(exchange) : again(exchange);
    }

    private static String again(WebExchange exchange) throws RefusedException {
        return exchange.own("/confirm?for=" + group(exchange).label()) + "&return="
                + Encoded.query(exchange.field("return"));
    }

    private static void confirm(WebExchange exchange, CallerSession caller, LogonRequest request)
            throws RefusedException {
        LogonResult result = RealmLogon.take(exchange.request(), exchange.runtime())
                .orElseGet(() -> exchange.runtime().confirmation().confirm(caller.account(), request));
        LogonResult.Accepted proof = Logons.require(exchange, result);
        caller.prove(exchange.request(), group(exchange), proof.methods());
    }

    /** What the proof is for, the caller's own things where nothing we know is named. */
    private static ProofGroup group(WebExchange exchange) throws RefusedException {
        return ProofGroup.labelled(exchange.field("for")).orElse(ProofGroup.OWN);
    }

    /** Where somebody belongs who was sent here from nowhere, or does not want to go on. */
    private static String home(WebExchange exchange, ProofGroup group) {
        return switch (group) {
            case OWN -> exchange.own("/security");
            case ADMINISTRATION -> exchange.own("/admin");
            case APPLICATION -> exchange.home();
        };
    }

    /** Where the confirmation was asked for: one of our pages by its name, or a target that we sealed. */
    private static String location(WebExchange exchange) throws RefusedException {
        String asked = exchange.field("return");
        return switch (asked) {
            case "" -> home(exchange, group(exchange));
            case "security" -> exchange.own("/security");
            case "create" -> exchange.own("/security#create");
            case "bind" -> exchange.own("/bind");
            default -> exchange.location(asked);
        };
    }
}
