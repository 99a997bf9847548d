package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.passkeygraft.http.RuntimeContext;

/** What our servlets share: a table of addresses, and how they are answered. */
abstract class PasskeyServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Routes routes;

    PasskeyServlet(Routes routes) {
        this.routes = routes;
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Answering.answer(
                request,
                response,
                RuntimeContext.of(getServletContext()),
                exchange -> routes.find(exchange).handler());
    }
}
