package org.passkeygraft.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.Settings;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.CallerSession;

/** T-105, T-98: whatever fails while we answer, the browser gets one plain answer, and the log one line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnsweringTest {
    private static final String SECRET = "org.passkeygraft.Secret";

    private final Server server = new Server(0);
    private PasskeyRuntime runtime;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Path accounts = Files.writeString(directory.resolve("accounts"), "alice: secret,user\n");
        runtime = PasskeyRuntime.open(
                PasskeyConfiguration.load(new Settings(
                        name -> null,
                        Map.of(),
                        Map.of(),
                        Map.of(
                                "passkey.rp.id", "localhost",
                                "passkey.rp.origins", "http://localhost:8080",
                                "passkey.store.url", "jdbc:h2:mem:answering;DB_CLOSE_DELAY=-1",
                                "passkey.accounts.kind", "file",
                                "passkey.accounts.file.password-format", "plain",
                                "passkey.accounts.file.path", accounts.toString()),
                        "/a")),
                "/a",
                AnsweringTest.class.getClassLoader());
        ServletContextHandler context = new ServletContextHandler("/a", ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder(new Failing()), "/*");
        server.setHandler(context);
        server.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        runtime.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"defect", "page", "linkage", "stack", "half-written"})
    void t105_aDefectEndsInAPlainAnswer(String kind) throws Exception {
        HttpResponse<String> answer = get(kind);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .startsWith("{")
                .contains("\"unavailable\"")
                .doesNotContain(SECRET, "Exception", "at org.", "written");
    }

    /** The answer says how to prove who one is, which only the database knows. */
    @Test
    void t98_aRefusalThatNeedsTheDatabaseIsUnavailableWithoutIt() throws Exception {
        HttpResponse<String> answer = get("refused");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"unavailable\"");
    }

    @Test
    void t65_aPathInTheLogIsOneLine() throws Exception {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger(Answering.class.getName());
        logger.addHandler(handler);
        try {
            get("line");
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines).singleElement().asString().contains("forged").doesNotContain("\n");
    }

    private HttpResponse<String> get(String path) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/a/" + path))
                                .header("Accept", "application/json")
                                .build(),
                        BodyHandlers.ofString());
    }

    /** Fails as its path says. */
    private final class Failing extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            HttpServletRequest asked = request.getPathInfo().equals("/line") ? withLineFeed(request) : request;
            Answering.answer(asked, response, runtime, exchange -> this::fail);
        }

        /** As Tomcat decodes it; Jetty refuses such a path itself. */
        private static HttpServletRequest withLineFeed(HttpServletRequest request) {
            return new HttpServletRequestWrapper(request) {
                @Override
                public String getPathInfo() {
                    return "/defect\nWARNING forged";
                }
            };
        }

        private void fail(WebExchange exchange) throws IOException, ServletException, RefusedException {
            String kind = exchange.path().split("/", -1)[1];
            switch (kind) {
                case "page" -> throw new ServletException(SECRET);
                case "linkage" -> throw new NoClassDefFoundError(SECRET);
                case "stack" -> throw new StackOverflowError(SECRET);
                case "refused" -> {
                    CallerSession.begin(
                            exchange.request(),
                            exchange.response(),
                            new LogonResult.Accepted(Account.named("alice"), Set.of(), Set.of(LogonMethod.PASSWORD), 0),
                            runtime);
                    breakDatabase();
                    throw new RefusedException(Problem.CONFIRMATION_REQUIRED);
                }
                case "half-written" -> {
                    exchange.response().getWriter().write("written");
                    throw new IllegalStateException(SECRET);
                }
                default -> throw new IllegalStateException(SECRET);
            }
        }

        private void breakDatabase() {
            try (var connection = java.sql.DriverManager.getConnection("jdbc:h2:mem:answering");
                    var statement = connection.createStatement()) {
                statement.execute("alter table passkey_user rename to gone");
            } catch (java.sql.SQLException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
