package org.passkeygraft.servers.application;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives a body back byte by byte, after it has asked who sends it. */
public final class EchoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Caller", String.valueOf(request.getRemoteUser()));
        response.setContentType("application/octet-stream");
        if (request.getParameter("field") != null) {
            response.getWriter().write("field=" + request.getParameter("field"));
        } else {
            request.getInputStream().transferTo(response.getOutputStream());
        }
    }
}
