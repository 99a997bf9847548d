package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.function.Function;
import org.passkeygraft.web.view.Alert;

/** Something that a form asks for and that may be refused. */
@FunctionalInterface
interface FormStep {
    void take() throws IOException, RefusedException;

    /** The page of the form, with what was wrong. */
    @FunctionalInterface
    interface Again {
        void ask(WebExchange exchange, int status, Alert alert) throws IOException, ServletException, RefusedException;
    }

    /** Takes the step; a browser that is refused gets the page again, everybody else the refusal. */
    static void takeOrAsk(WebExchange exchange, FormStep step, Again page, Function<Problem, Alert> said)
            throws IOException, ServletException, RefusedException {
        try {
            step.take();
        } catch (RefusedException refusal) {
            if (exchange.wantsJson()) {
                throw refusal;
            }
            page.ask(exchange, refusal.problem().status(), said.apply(refusal.problem()));
        }
    }

    static Alert alert(Problem problem) {
        return Alert.of(problem.code());
    }
}
