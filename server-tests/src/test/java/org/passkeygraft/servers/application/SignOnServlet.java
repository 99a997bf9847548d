package org.passkeygraft.servers.application;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Uses {@code login}, {@code logout} and {@code authenticate} as applications do; the path says which. */
public final class SignOnServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=UTF-8");
        switch (request.getServletPath()) {
            case "/public/login" -> logIn(request, response);
            case "/public/logout" -> {
                request.logout();
                response.getWriter().println(CallerServlet.describe(request));
            }
            default -> {
                if (request.authenticate(response)) {
                    response.getWriter().println("authenticated " + CallerServlet.describe(request));
                }
            }
        }
    }

    private static void logIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            request.login(request.getParameter("name"), request.getParameter("password"));
            response.getWriter().println(CallerServlet.describe(request));
        } catch (ServletException refused) {
            response.getWriter()
                    .println("refused " + CallerServlet.describe(request) + " because " + refused.getMessage());
        }
    }
}
