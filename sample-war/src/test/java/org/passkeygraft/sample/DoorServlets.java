package org.passkeygraft.sample;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Servlets that do what applications do between the container and the answer, and say who they think they serve. */
final class DoorServlets {
    /** What every one of them says of nobody. */
    static final String NOBODY = "null null null [] false";

    private DoorServlets() {}

    static Map<String, Servlet> all() {
        Map<String, Servlet> servlets = new HashMap<>();
        servlets.put("/who", new Who());
        servlets.put("/secret/who", new Who());
        servlets.put("/admin/who", new Who());
        servlets.put("/error/who", new Who());
        servlets.put("/forward", new Forward());
        servlets.put("/include", new Include());
        servlets.put("/fail", new Fail());
        servlets.put("/async", new Async());
        servlets.put("/change", new Change());
        servlets.put("/secret/answer", new Headers());
        servlets.put("/public/answer", new Headers());
        servlets.put("/secret/body", new Body());
        servlets.put("/do", new Do());
        servlets.put("/keep", new Keep());
        servlets.put("/sign-on", new Login());
        return servlets;
    }

    /** Principal, remote user, authentication type, roles, every caller's role. */
    static String identity(HttpServletRequest request) {
        StringBuilder roles = new StringBuilder();
        for (String role : new String[] {"admin", "user", "nobody"}) {
            roles.append(request.isUserInRole(role) ? role + " " : "");
        }
        return Optional.ofNullable(request.getUserPrincipal())
                        .map(principal -> principal.getName())
                        .orElse("null") + " " + request.getRemoteUser() + " " + request.getAuthType() + " ["
                + roles.toString().strip() + "] " + request.isUserInRole("**");
    }

    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("{" + identity(request) + "}");
        }
    }

    /** To a path, with the request or with a wrapper of its own around it. */
    private static final class Forward extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            identity(request);
            HttpServletRequest passed =
                    request.getParameter("wrapped") == null ? request : new HttpServletRequestWrapper(request);
            request.getRequestDispatcher(request.getParameter("to")).forward(passed, response);
        }
    }

    private static final class Include extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            response.getWriter().write("before ");
            request.getRequestDispatcher(request.getParameter("to")).include(request, response);
            response.getWriter().write(" after " + identity(request));
        }
    }

    private static final class Fail extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(409);
        }
    }

    /** Asks on a thread of its own who it is, then answers there or dispatches. */
    private static final class Async extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
            if (request.getParameter("login") != null) {
                request.login("bob", "bob");
            }
            if (request.getParameter("logout") != null) {
                request.logout();
            }
            AsyncContext async = request.getParameter("own") == null
                    ? request.startAsync()
                    : request.startAsync(new HttpServletRequestWrapper(request), response);
            String to = request.getParameter("to");
            boolean ends = request.getParameter("ends") != null;
            async.setTimeout(10_000);
            new Thread(() -> go(async, to, ends)).start();
        }

        private static void go(AsyncContext async, String to, boolean ends) {
            try {
                HttpServletRequest request = (HttpServletRequest) async.getRequest();
                HttpServletResponse response = (HttpServletResponse) async.getResponse();
                response.setHeader("X-Thread", identity(request));
                if (ends) {
                    request.getSession().invalidate();
                }
                if (to == null) {
                    response.getWriter().write("{" + identity(request) + "}");
                    async.complete();
                } else {
                    async.dispatch(to);
                }
            } catch (IOException | RuntimeException failure) {
                async.complete();
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Logs on and off in one request, and tells in between what holds. */
    private static final class Change extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            StringBuilder told = new StringBuilder(identity(request));
            if (request.getUserPrincipal() != null) {
                request.logout();
                told.append("; ").append(identity(request));
            }
            try {
                request.login("bob", "wrong");
                told.append("; not refused");
            } catch (ServletException refused) {
                told.append("; ").append(identity(request));
            }
            request.login("bob", "bob");
            told.append("; ").append(identity(request));
            told.append("; ").append(identity(new HttpServletRequestWrapper(request)));
            response.getWriter().write(told + "; ");
            request.getRequestDispatcher("/secret/who").include(request, response);
            if (request.getParameter("end") != null) {
                request.logout();
                response.getWriter().write("; " + identity(request) + ";");
                request.getRequestDispatcher("/secret/who").include(request, response);
            }
        }
    }

    /** Says of caching what it is told to say. */
    private static final class Headers extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String[] said = request.getParameterValues("cache");
            for (int i = 0; said != null && i < said.length; i++) {
                if (i == 0) {
                    response.setHeader("cache-CONTROL", said[i]);
                } else {
                    response.addHeader("Cache-Control", said[i]);
                }
            }
            response.setHeader("ETag", "\"public\"");
            response.setHeader("X-Other", "public");
            if ("\"public\"".equals(request.getHeader("If-None-Match"))) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
            response.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Answers for many pages, its logon page among them. */
    private static final class Do extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String[] actions = request.getParameterValues("action");
            String action = actions == null ? "nothing" : actions[actions.length - 1];
            if (action.equals("login")) {
                request.getRequestDispatcher("/login.jsp").forward(request, response);
            } else {
                response.getWriter().write("did " + action);
            }
        }
    }

    /** Logs on with what it is told. */
    private static final class Login extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String outcome = "accepted ";
            try {
                request.login(request.getParameter("name"), request.getParameter("password"));
            } catch (ServletException refused) {
                outcome = "refused ";
            }
            response.getWriter().write(outcome + identity(request));
        }
    }

    /** Keeps a text in the session, and says which one is there. */
    private static final class Keep extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String text = request.getParameter("text");
            if (text != null) {
                request.getSession().setAttribute("text", text);
            }
            response.getWriter().write("kept " + request.getSession().getAttribute("text"));
        }
    }

    /** Gives back the body as it came. */
    private static final class Body extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/octet-stream");
            request.getInputStream().transferTo(response.getOutputStream());
        }
    }
}
