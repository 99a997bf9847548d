package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.passkeygraft.Checked;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.Sessions;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.web.view.Notice;

/** "Log off everywhere": all of the caller's sessions end, the one that asks too unless it has a fresh proof. */
public final class SessionsServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;
    private static final Duration WAIT = Duration.ofMinutes(1);

    public SessionsServlet() {
        super(new Routes().post("/passkey/sessions/end", SessionsServlet::endAll));
    }

    private static void endAll(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        Checked<Sessions.Ended> outcome =
                exchange.runtime().sessions().endAll(caller.provenCaller(ProofGroup.OWN, exchange.client()));
        if (outcome.refusal().isPresent()) {
            throw refused(exchange, outcome.refusal().get());
        }
        if (outcome.passed().orElseThrow() == Sessions.Ended.ALL_OTHERS) {
            caller.outliveOwnChange();
            exchange.done(exchange.own("/security?notice=" + Notice.SESSIONS_ENDED.label()));
        } else {
            exchange.end();
            exchange.goOn(exchange.own("/logon?notice=" + Notice.ALL_SESSIONS_ENDED.label()));
        }
    }

    private static RefusedException refused(WebExchange exchange, Rejection reason) {
        Problem problem = Problem.ofChange(reason);
        return problem == Problem.TOO_MANY_REQUESTS ? exchange.throttled(WAIT) : new RefusedException(problem);
    }
}
