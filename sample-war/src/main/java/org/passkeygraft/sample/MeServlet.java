package org.passkeygraft.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a script who is logged on: {@code {"name": "bob", "roles": ["user"]}}, or 401. */
public final class MeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        Principal caller = request.getUserPrincipal();
        if (caller == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.getWriter().write("{\"error\": \"nobody is logged on\"}");
            return;
        }
        String roles = Stream.of("admin", "user")
                .filter(request::isUserInRole)
                .map(MeServlet::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
        response.getWriter().write("{\"name\": " + quoted(caller.getName()) + ", \"roles\": " + roles + "}");
    }

    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(c -> c < ' ' || c == '"' || c == '\\' || c == '<'
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
