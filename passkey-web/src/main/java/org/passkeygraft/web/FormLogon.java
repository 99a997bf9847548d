package org.passkeygraft.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.Paths;

/**
 * The form of a logon page of the application's own, as the Servlet specification has it (section 13.6.3): what a container
 * answers with FORM, we answer in its place. Decided, throttled and audited like any other password.
 */
final class FormLogon {
    private static final Pattern TARGET = Pattern.compile("[?&]to=([A-Za-z0-9._~-]+)");

    private FormLogon() {}

    static boolean isAskedFor(HttpServletRequest request, PasskeyRuntime runtime) {
        Door door = runtime.configuration().door();
        return (door == Door.MODULE || door == Door.FILTER)
                && request.getDispatcherType() == DispatcherType.REQUEST
                && Paths.isFormLogon(request);
    }

    static void answer(HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime)
            throws IOException, ServletException {
        Answering.answer(request, response, runtime, exchange -> FormLogon::logOn);
    }

    private static void logOn(WebExchange exchange) throws IOException, ServletException, RefusedException {
        exchange.requireForm();
        String target = target(exchange);
        LogonServlet.logOn(
                exchange,
                exchange.field("j_username"),
                exchange.field("j_password"),
                target,
                refused -> exchange.goOn(errorPage(exchange, target)));
    }

    /** The sealed target of the form, else of the page's own address; whatever is not sealed by us leads nowhere. */
    private static String target(WebExchange exchange) throws RefusedException {
        String field = exchange.field("to");
        if (!field.isEmpty()) {
            return field;
        }
        PasskeyConfiguration configuration = exchange.runtime().configuration();
        String referer =
                Optional.ofNullable(exchange.request().getHeader("Referer")).orElse("");
        Matcher inQuery = TARGET.matcher(referer);
        boolean own = configuration.http().origins().stream().anyMatch(origin -> referer.startsWith(origin + "/"));
        return own && inQuery.find() ? inQuery.group(1) : "";
    }

    /** The same page for every reason. */
    private static String errorPage(WebExchange exchange, String target) {
        String page = Paths.publicContext(exchange.request(), exchange.runtime())
                + exchange.runtime().configuration().entrance().logonErrorPage();
        return target.isEmpty() ? page : page + (page.contains("?") ? "&" : "?") + "to=" + Encoded.query(target);
    }
}
