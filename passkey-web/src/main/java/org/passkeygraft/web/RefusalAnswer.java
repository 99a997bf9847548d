package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.passkeygraft.http.LogonGate;
import org.passkeygraft.json.Json;
import org.passkeygraft.web.view.MessagePage;

/** The one place that writes refusals: a challenge, a problem body (RFC 9457), or a page that says it. */
final class RefusalAnswer {
    private final WebExchange exchange;
    private final Problem problem;
    private final Map<String, Object> members;

    RefusalAnswer(WebExchange exchange, RefusedException refused) {
        this.exchange = exchange;
        this.problem = refused.problem();
        this.members = refused.members();
    }

    void send() throws IOException, ServletException {
        if (exchange.response().isCommitted()) {
            return;
        }
        exchange.leaveBody();
        if (problem == Problem.UNAVAILABLE) {
            exchange.response().setHeader("Retry-After", "10");
        }
        if (problem == Problem.AUTHENTICATION_REQUIRED) {
            // A change may find out before the session is due to ask; the logon page must not take the caller for
            // logged on.
            exchange.caller().ifPresent(session -> session.recheck(exchange.request()));
        }
        if (problem == Problem.AUTHENTICATION_REQUIRED && !exchange.isData()) {
            new LogonGate(exchange.runtime()).challenge(exchange.request()).send(exchange.response());
        } else if (exchange.wantsJson()) {
            problem(problem == Problem.CONFIRMATION_REQUIRED ? wantedProof() : members);
        } else {
            String detail = members.get("header") instanceof String header ? header : "";
            exchange.page(
                    problem.status(),
                    new MessagePage(exchange.site(), problem.status(), problem.code(), detail, exchange.home()));
        }
    }

    /** How the caller can prove who they are, for a refusal for want of it. */
    private Map<String, Object> wantedProof() {
        return exchange.caller()
                .map(session -> exchange.runtime().confirmation().ways(session.account()))
                .<Map<String, Object>>map(ways -> Map.of("methods", ways.labels()))
                .orElse(Map.of());
    }

    /** Names member and rule where the body is of the wrong shape. */
    private String detail() {
        return problem == Problem.INVALID_REQUEST
                ? exchange.shapeFault().map(problem::detail).orElse(problem.detail())
                : problem.detail();
    }

    private void problem(Map<String, Object> further) throws IOException {
        if (problem.status() == 401) {
            exchange.response().setHeader("WWW-Authenticate", "Passkey");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("code", problem.code());
        body.put("detail", detail());
        body.putAll(further);
        exchange.write(problem.status(), "application/problem+json", Json.write(body));
    }
}
