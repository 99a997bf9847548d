package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.web.view.SettingsPage;

/** The settings that hold for everybody: for administrators, whom every handler asks for itself (T-52). */
public final class AdministrationServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;

    public AdministrationServlet() {
        super(new Routes().get("/passkey/admin", AdministrationServlet::settings));
    }

    private static void settings(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession administrator = exchange.requireAdministrator();
        PasskeyPolicy policy = exchange.runtime().policy();
        exchange.page(
                200,
                new SettingsPage(
                        exchange.site(),
                        administrator.account().name(),
                        new PolicyWords(exchange.site()).of(policy),
                        null,
                        null));
    }
}
