package org.passkeygraft.web;

import java.io.IOException;
import java.util.Optional;
import org.passkeygraft.Caller;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.LogonGate;
import org.passkeygraft.http.RequestCaller;

/** Metrics for a scraper: whoever is in the group for it, by session or by a BASIC header. */
public final class MetricsServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;
    private static final String OPEN = "application/openmetrics-text";

    public MetricsServlet() {
        super(new Routes().getJson("/passkey/metrics", MetricsServlet::metrics));
    }

    private static void metrics(WebExchange exchange) throws IOException, RefusedException {
        PasskeyRuntime runtime = exchange.runtime();
        String role = runtime.configuration()
                .monitoring()
                .metricsRole()
                .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND));
        Optional<Caller> caller = RequestCaller.of(exchange.request(), runtime);
        if (caller.isEmpty()) {
            new LogonGate(runtime).refusal(exchange.request()).send(exchange.response());
            return;
        }
        if (!caller.get().groups().contains(role)) {
            throw new RefusedException(Problem.FORBIDDEN);
        }
        boolean open = Optional.ofNullable(exchange.request().getHeader("Accept"))
                .filter(accept -> accept.contains(OPEN))
                .isPresent();
        exchange.write(
                200,
                open ? OPEN + "; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8",
                runtime.metrics().text(open));
    }
}
