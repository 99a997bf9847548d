package org.passkeygraft.servers.application;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;

/**
 * An application's own use of its session. Can also write what an attacker with access to sessions would: another record
 * of a logon, or one whose times lie back.
 */
public final class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String RECORD = "org.passkeygraft.caller";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(request.getParameter("create") != null);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println(
                        session == null
                                ? "no session"
                                : "basket=" + session.getAttribute("basket") + " attributes="
                                        + Collections.list(session.getAttributeNames())
                                                .size() + " url="
                                        + response.encodeURL("/x"));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        if (request.getParameter("basket") != null) {
            session.setAttribute("basket", request.getParameter("basket"));
        }
        if (request.getParameter("record") != null) {
            session.setAttribute(RECORD, request.getParameter("record"));
        }
        if (request.getParameter("minutes") != null) {
            age(session, Long.parseLong(request.getParameter("minutes")) * 60_000);
        }
        response.getWriter().println("done");
    }

    /** Moves the times at which the account was checked back; lines 5 and 6 of the record. */
    private static void age(HttpSession session, long milliseconds) {
        String[] lines = String.valueOf(session.getAttribute(RECORD)).split("\n", -1);
        lines[5] = Long.toString(Long.parseLong(lines[5]) - milliseconds);
        lines[6] = Long.toString(Long.parseLong(lines[6]) - milliseconds);
        session.setAttribute(RECORD, String.join("\n", lines));
    }
}
