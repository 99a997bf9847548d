package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.OneLine;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.Challenge;
import org.passkeygraft.http.HttpsRule;
import org.passkeygraft.http.SameOrigin;

/** How every address of ours answers: headers on every answer, the same-origin rule, one place where refusals are written. */
final class Answering {
    private static final System.Logger LOG = System.getLogger(Answering.class.getName());

    private Answering() {}

    /** Finds who answers. */
    @FunctionalInterface
    interface Finder {
        Routes.Handler find(WebExchange exchange) throws RefusedException;
    }

    static void answer(HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime, Finder finder)
            throws ServletException, IOException {
        SecurityHeaders.set(response);
        WebExchange exchange =
                new WebExchange(request, response, runtime, new CeremonyCookies(runtime.configuration()));
        try {
            Routes.Handler handler = finder.find(exchange);
            refuseOtherSites(exchange);
            if (!isSentToHttps(exchange)) {
                handler.handle(exchange);
            }
        } catch (RefusedException refusal) {
            refuse(exchange, refusal);
        } catch (UnavailableException databaseDown) {
            cannotAnswer(exchange, databaseDown);
        } catch (RuntimeException | ServletException | LinkageError | StackOverflowError defect) {
            failed(exchange, defect);
        }
    }

    /** Answers a refusal. What it says may have to be asked of a database, which may be in trouble itself. */
    private static void refuse(WebExchange exchange, RefusedException refusal) throws IOException {
        try {
            new RefusalAnswer(exchange, refusal).send();
        } catch (UnavailableException databaseDown) {
            cannotAnswer(exchange, databaseDown);
        } catch (RuntimeException | ServletException | LinkageError | StackOverflowError defect) {
            failed(exchange, defect);
        }
    }

    private static void cannotAnswer(WebExchange exchange, UnavailableException databaseDown) throws IOException {
        LOG.log(System.Logger.Level.WARNING, "cannot answer now", databaseDown);
        try {
            new RefusalAnswer(exchange, new RefusedException(Problem.UNAVAILABLE)).send();
        } catch (RuntimeException | ServletException | LinkageError | StackOverflowError defect) {
            failed(exchange, defect);
        }
    }

    /** T-105: a defect of ours ends here, not in an error page with a stack trace. The answer needs no page. */
    private static void failed(WebExchange exchange, Throwable defect) throws IOException {
        LOG.log(System.Logger.Level.ERROR, "a request to " + OneLine.of(exchange.path()) + " failed", defect);
        HttpServletResponse response = exchange.response();
        if (!response.isCommitted()) {
            response.reset();
            SecurityHeaders.set(response);
            exchange.leaveBody();
            new Challenge.Unavailable().send(response);
        }
    }

    /**
     * Sends a page that is asked for in clear to https, and refuses a form that comes so (T-130). Addresses of data show no
     * password and take none.
     *
     * @return whether the request is answered
     */
    private static boolean isSentToHttps(WebExchange exchange) throws IOException, RefusedException {
        HttpsRule https = new HttpsRule(exchange.runtime());
        if (exchange.isData() || !https.isBroken(exchange.request())) {
            return false;
        }
        if (exchange.method().equals("GET")) {
            https.redirect(exchange.request(), exchange.response());
            return true;
        }
        https.refused(exchange.request());
        throw new RefusedException(Problem.HTTPS_REQUIRED);
    }

    private static void refuseOtherSites(WebExchange exchange) throws RefusedException {
        if (exchange.method().equals("GET")) {
            return;
        }
        Optional<String> objection =
                new SameOrigin(exchange.runtime().configuration().http().origins()).objection(exchange.request());
        if (objection.isPresent()) {
            exchange.response().setHeader("Connection", "close");
            exchange.runtime().authentication().refusedAsCrossOrigin(exchange.client(), objection.get());
            SameOrigin.ofUnlistedPage(exchange.request())
                    .ifPresent(exchange.runtime().advice()::refusedOrigin);
            throw new RefusedException(Problem.CROSS_ORIGIN, Map.of("header", objection.get()));
        }
    }
}
