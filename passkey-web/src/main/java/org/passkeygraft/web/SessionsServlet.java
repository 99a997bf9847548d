package org.passkeygraft.web;

import java.io.IOException;
import java.util.Optional;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.Rejection;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.web.view.Notice;

/** "Log off everywhere": all of the caller's sessions end but the one that asks. */
public final class SessionsServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public SessionsServlet() {
        super(new Routes().post("/passkey/sessions/end", SessionsServlet::endAll));
    }

    private static void endAll(WebExchange exchange) throws IOException, RefusedException {
        exchange.requireForm();
        CallerSession caller = exchange.requireCaller();
        Optional<Rejection> refusal =
                exchange.runtime().sessions().endAll(caller.provenCaller(ProofGroup.OWN, exchange.client()));
        if (refusal.isPresent()) {
            throw new RefusedException(Problem.ofChange(refusal.get()));
        }
        caller.outliveOwnChange();
        exchange.done(exchange.own("/security?notice=" + Notice.SESSIONS_ENDED.label()));
    }
}
