package org.passkeygraft.servers.application;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends a request on inside the application: {@code ?how=forward&to=/secret/caller}. */
public final class DispatchServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String to = String.valueOf(request.getParameter("to"));
        switch (String.valueOf(request.getParameter("how"))) {
            case "forward" -> request.getRequestDispatcher(to).forward(request, response);
            case "include" -> include(request, response, to);
            case "async" -> request.startAsync().dispatch(to);
            case "thread" -> onAnotherThread(request.startAsync());
            case "named" -> getServletContext().getNamedDispatcher("caller").forward(request, response);
            case "error" -> response.sendError(HttpServletResponse.SC_CONFLICT);
            default -> throw new IllegalStateException("broken on purpose, for " + request.getRemoteUser());
        }
    }

    private static void include(HttpServletRequest request, HttpServletResponse response, String to)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("before " + CallerServlet.describe(request));
        request.getRequestDispatcher(to).include(request, response);
        response.getWriter().println("after " + CallerServlet.describe(request));
    }

    private static void onAnotherThread(AsyncContext async) {
        async.start(() -> {
            try {
                HttpServletRequest request = (HttpServletRequest) async.getRequest();
                async.getResponse().getWriter().println("thread " + CallerServlet.describe(request));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                async.complete();
            }
        });
    }
}
