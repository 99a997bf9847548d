package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.web.view.NameSuggestion;
import org.passkeygraft.web.view.UpgradePage;

/** A pause after a password logon, in which the browser may make the user's first passkey by itself. */
public final class UpgradeServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public UpgradeServlet() {
        super(new Routes()
                .get("/passkey/upgrade", UpgradeServlet::pause)
                .postJson("/passkey/upgrade/options", UpgradeServlet::options)
                .postJson("/passkey/upgrade", UpgradeServlet::upgrade));
    }

    /** Whether the caller, who has just logged on, is to be led here first. */
    static boolean isDue(WebExchange exchange, CallerSession caller) {
        return exchange.runtime()
                .upgrades()
                .isDue(proven(exchange, caller), caller.caller().groups());
    }

    private static ProvenCaller proven(WebExchange exchange, CallerSession caller) {
        return caller.provenCaller(ProofGroup.OWN, exchange.client());
    }

    private static void pause(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        String target = exchange.field("to");
        String onward = LogonServlet.afterUpgrade(exchange, caller.account(), target);
        if (isDue(exchange, caller)) {
            exchange.page(
                    200,
                    new UpgradePage(
                            exchange.site(), onward, exchange.location(target), exchange.own("/security"), null));
        } else {
            exchange.goOn(onward);
        }
    }

    private static void options(WebExchange exchange) throws IOException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        exchange.jsonBody();
        // There is none yet whose name could be taken.
        PasskeyName name = new PasskeyName(
                NameSuggestion.of(exchange.site().texts(), exchange.client().userAgent(), List.of()));
        exchange.begun(exchange.runtime().upgrades().begin(proven(exchange, caller), name), Problem::ofChange);
    }

    private static void upgrade(WebExchange exchange) throws IOException, RefusedException {
        CallerSession caller = exchange.requireCaller();
        CeremonyAnswer answer = exchange.answer(CeremonyKind.UPGRADE);
        BindResult result = exchange.runtime().upgrades().end(proven(exchange, caller), answer);
        PasskeysServlet.answer(exchange, result);
    }
}
