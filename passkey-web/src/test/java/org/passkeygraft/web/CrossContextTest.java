package org.passkeygraft.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.Settings;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.RuntimeContext;

/** Two applications that share our classes, one with alice as its user, one with bob, and dispatch to each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossContextTest {
    private final Server server = new Server(0);
    private final List<PasskeyRuntime> runtimes = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server.setHandler(new ContextHandlerCollection(
                application("/a", "alice: secret,user", directory), application("/b", "bob: secret,user", directory)));
        server.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        runtimes.forEach(PasskeyRuntime::close);
    }

    private ServletContextHandler application(String path, String account, Path directory) throws IOException {
        Path accounts = Files.writeString(directory.resolve("accounts" + path.substring(1)), account + "\n");
        PasskeyRuntime runtime = PasskeyRuntime.open(
                PasskeyConfiguration.load(new Settings(
                        name -> null,
                        Map.of(),
                        Map.of(),
                        Map.ofEntries(
                                Map.entry("passkey.rp.id", "localhost"),
                                Map.entry("passkey.rp.origins", "http://localhost:8080"),
                                Map.entry(
                                        "passkey.store.url",
                                        "jdbc:h2:mem:cross" + path.substring(1) + ";DB_CLOSE_DELAY=-1"),
                                Map.entry("passkey.accounts.kind", "file"),
                                Map.entry("passkey.accounts.file.password-format", "plain"),
                                Map.entry("passkey.accounts.file.path", accounts.toString()),
                                Map.entry("passkey.http.basic", "on"),
                                Map.entry("passkey.door", "filter"),
                                Map.entry("passkey.protect.1.pattern", "/secret/*")),
                        path)),
                path,
                CrossContextTest.class.getClassLoader());
        runtimes.add(runtime);
        ServletContextHandler context = new ServletContextHandler(path, ServletContextHandler.SESSIONS);
        context.setCrossContextDispatchSupported(true);
        RuntimeContext.put(context.getServletContext(), runtime);
        FilterHolder filter = new FilterHolder(new PasskeyFilter());
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new Step()), "/*");
        return context;
    }

    @ParameterizedTest
    @CsvSource({
        "/a/x?to=/a/who, [a alice][a alice][a alice]",
        "/a/x?to=/b/who, [a alice][b nobody][a alice]",
        "/b/x?to=/a/who, [b nobody][a alice][b nobody]",
        "/a/x?to=/b/y&to=/a/who, [a alice][b nobody][a alice][b nobody][a alice]",
        "/a/x?late=1&to=/b/y&to=/a/who, [b nobody][a alice][b nobody][a alice]"
    })
    void t89_eachKnowsItsOwnCallersOnly(String path, String told) throws Exception {
        assertThat(get(path, "alice")).isEqualTo(told);
    }

    @Test
    void t89_aLogonInOneIsNoneInTheOther() throws Exception {
        assertThat(get("/a/x?login=alice&to=/b/y&to=/a/who", ""))
                .isEqualTo("[a alice][b nobody][a alice][b nobody][a alice]");
    }

    @Test
    void t76_whatOneProtectsTheOtherCannotShowItsCallers() throws Exception {
        assertThat(get("/a/x?to=/b/secret/who", "alice")).isEqualTo("[a alice][a alice]");
        assertThat(get("/b/x?to=/b/secret/who", "bob")).isEqualTo("[b bob][b bob][b bob]");
    }

    private String get(String path, String user) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    /** Tells whom it knows, before and after it includes the next. */
    private static final class Step extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            String login = request.getParameter("login");
            if (login != null
                    && getServletContext().getContextPath().equals("/a")
                    && request.getUserPrincipal() == null) {
                request.login(login, "secret");
            }
            String[] steps = request.getParameterValues("to");
            Object taken = request.getAttribute("steps");
            int step = taken instanceof Integer before ? before : 0;
            if (step > 0 || request.getParameter("late") == null) {
                tell(request, response);
            }
            if (steps != null && step < steps.length) {
                request.setAttribute("steps", step + 1);
                String to = steps[step];
                getServletContext()
                        .getContext(to)
                        .getRequestDispatcher(to.substring(2) + "?query=needed") // Jetty cannot do without
                        .include(request, response);
                tell(request, response);
            }
        }

        private void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String name = request.getUserPrincipal() == null
                    ? "nobody"
                    : request.getUserPrincipal().getName();
            response.getWriter()
                    .write("[" + getServletContext().getContextPath().substring(1) + " " + name + "]");
        }
    }
}
