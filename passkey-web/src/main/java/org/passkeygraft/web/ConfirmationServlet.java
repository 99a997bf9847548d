package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.RealmLogon;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.ConfirmPage;

/** A fresh proof before a sensitive change: by passkey, or by password while the account has none. */
public final class ConfirmationServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public ConfirmationServlet() {
        super(new Routes()
                .get("/passkey/confirm", exchange -> page(exchange, 200, null))
                .postJson("/passkey/confirm/options", ConfirmationServlet::options)
                .postJson("/passkey/confirm/assertion", ConfirmationServlet::byPasskey)
                .post("/passkey/confirm/password", ConfirmationServlet::byPassword));
    }

    private static void page(WebExchange exchange, int status, @Nullable Alert alert)
            throws IOException, ServletException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        LogonMethod wanted = exchange.runtime().passkeys().proofWanted(caller.account());
        exchange.page(
                status,
                new ConfirmPage(
                        exchange.site(),
                        caller.account().name(),
                        wanted == LogonMethod.PASSKEY,
                        wanted == LogonMethod.PASSWORD,
                        exchange.field("return"),
                        exchange.own("/security"),
                        alert));
    }

    private static void options(WebExchange exchange) throws IOException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        exchange.jsonBody();
        exchange.begun(
                exchange.runtime().authentication().beginConfirmation(caller.account(), exchange.client()),
                Problem::ofLogon);
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
        char[] password = exchange.field("password").toCharArray();
        try {
            confirm(exchange, caller, new LogonRequest.Password(caller.account().name(), password, exchange.client()));
            exchange.goOn(location(exchange));
        } catch (RefusedException refusal) {
            if (exchange.wantsJson()) {
                throw refusal;
            }
            page(
                    exchange,
                    refusal.problem().status(),
                    Alert.of(refusal.problem().code()));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void confirm(WebExchange exchange, CallerSession caller, LogonRequest request)
            throws RefusedException {
        LogonResult result = RealmLogon.take(exchange.request(), exchange.runtime())
                .orElseGet(() -> exchange.runtime().authentication().confirm(caller.account(), request));
        LogonResult.Accepted proof = Logons.require(exchange, result);
        caller.prove(exchange.request(), ProofGroup.OWN, proof.methods());
    }

    /** Where the confirmation was asked for: one of our pages by its name, or a target that we sealed. */
    private static String location(WebExchange exchange) throws RefusedException {
        String asked = exchange.field("return");
        return switch (asked) {
            case "", "security" -> exchange.own("/security");
            case "create" -> exchange.own("/security#create");
            case "bind" -> exchange.own("/bind");
            default -> exchange.location(asked);
        };
    }
}
