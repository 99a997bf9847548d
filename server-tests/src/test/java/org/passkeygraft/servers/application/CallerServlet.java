package org.passkeygraft.servers.application;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes who the request comes from: {@code caller=bob remote=bob type=… roles=user dispatch=REQUEST}. */
public final class CallerServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(describe(request));
    }

    /** One line; words after one another are named by what asked for them. */
    static String describe(HttpServletRequest request) {
        var principal = request.getUserPrincipal();
        String roles = Stream.of("admin", "user", "nothing", "**")
                .filter(request::isUserInRole)
                .collect(Collectors.joining("+"));
        return "caller=" + (principal == null ? "-" : principal.getName()) + " remote=" + request.getRemoteUser()
                + " type=" + request.getAuthType() + " roles=" + roles + " dispatch=" + request.getDispatcherType()
                + " method=" + request.getMethod();
    }
}
