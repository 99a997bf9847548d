package org.passkeygraft.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.Settings;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.RuntimeContext;

/** The filter on a container that hands over what Open Liberty does, and null where the specification allows it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddContainerTest {
    private final Server server = new Server(0);
    private final List<PasskeyRuntime> runtimes = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Path accounts = Files.writeString(directory.resolve("accounts"), "alice: secret,user\n");
        server.setHandler(new ContextHandlerCollection(
                application("/module", "module", accounts), application("/filter", "filter", accounts)));
        server.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        runtimes.forEach(PasskeyRuntime::close);
    }

    private ServletContextHandler application(String path, String integration, Path accounts) {
        PasskeyRuntime runtime = PasskeyRuntime.open(
                PasskeyConfiguration.load(new Settings(
                        name -> null,
                        Map.of(),
                        Map.of(),
                        Map.of(
                                "passkey.rp.id", "localhost",
                                "passkey.rp.origins", "http://localhost:8080",
                                "passkey.store.url", "jdbc:h2:mem:odd" + integration + ";DB_CLOSE_DELAY=-1",
                                "passkey.accounts.kind", "file",
                                "passkey.accounts.file.password-format", "plain",
                                "passkey.accounts.file.path", accounts.toString(),
                                "passkey.http.basic", "on",
                                "passkey.door", integration,
                                "passkey.protect.1.pattern", "/secret/*"),
                        path)),
                path,
                OddContainerTest.class.getClassLoader());
        runtimes.add(runtime);
        ServletContextHandler context = new ServletContextHandler(path, ServletContextHandler.SESSIONS);
        RuntimeContext.put(context.getServletContext(), runtime);
        context.addFilter(new FilterHolder(new Odd()), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addFilter(new FilterHolder(new PasskeyFilter()), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new AuthType()), "/*");
        return context;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "null", "empty"})
    void fileWithoutServletNameIsServedOrProtected(String mapping) throws Exception {
        for (String integration : List.of("/module", "/filter")) {
            assertThat(get(integration + "/style.css?mapping=" + mapping).statusCode())
                    .isEqualTo(200);
            assertThat(get(integration + "/secret/style.css?mapping=" + mapping).statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/module", "/filter"})
    void authTypeOfNobodyIsNull(String integration) throws Exception {
        assertThat(get(integration + "/page").body()).isEqualTo("null");
    }

    private HttpResponse<String> get(String path) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static final class AuthType extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write(String.valueOf(request.getAuthType()));
        }
    }

    /** The container. */
    private static final class Odd extends HttpFilter {
        private static final long serialVersionUID = 1;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(new OddRequest(request), response);
        }
    }

    private static final class OddRequest extends HttpServletRequestWrapper {
        OddRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getAuthType() {
            return FORM_AUTH;
        }

        @Override
        @SuppressWarnings("NullAway") // the specification allows null
        public Enumeration<String> getHeaders(String name) {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // what the test is about
        public HttpServletMapping getHttpServletMapping() {
            return switch (String.valueOf(getQueryString())) {
                case "mapping=none" -> null;
                case "mapping=null" -> new Mapping(null);
                case "mapping=empty" -> new Mapping("");
                default -> super.getHttpServletMapping();
            };
        }
    }

    private record Mapping(@Nullable String servletName) implements HttpServletMapping {
        @Override
        public String getMatchValue() {
            return "";
        }

        @Override
        public String getPattern() {
            return "/";
        }

        @Override
        @SuppressWarnings("NullAway") // what the test is about
        public String getServletName() {
            return servletName;
        }

        @Override
        public MappingMatch getMappingMatch() {
            return MappingMatch.DEFAULT;
        }
    }
}
