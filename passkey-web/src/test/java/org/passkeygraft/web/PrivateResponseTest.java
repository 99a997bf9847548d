package org.passkeygraft.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.config.PasskeyConfiguration.Caching;

/** T-60, through the answer of a real container. */
class PrivateResponseTest {
    @Test
    void whoStartsOverDoesNotOpenTheAnswerToSharedCaches() throws Exception {
        assertThat(cacheControl(HttpServletResponse::reset)).isEqualTo("private");
        assertThat(cacheControl(response -> {
                    response.setHeader("Cache-Control", "no-store");
                    response.reset();
                    response.setHeader("Cache-Control", "public, max-age=9");
                }))
                .isEqualTo("max-age=9, private");
    }

    @Test
    void whoTakesTheHeaderBackDoesNotEither() throws Exception {
        assertThat(cacheControl(response -> response.setHeader("Cache-Control", null)))
                .isEqualTo("private");
        assertThat(cacheControl(response -> response.setHeader("CACHE-control", "")))
                .isEqualTo("private");
    }

    @Test
    void t60_noStoreReplacesWhateverTheApplicationSays() throws Exception {
        assertThat(header("Cache-Control", Caching.NO_STORE, response -> response.setHeader("Cache-Control", "public")))
                .isEqualTo("no-store");
        assertThat(header("Cache-Control", Caching.NO_STORE, HttpServletResponse::reset))
                .isEqualTo("no-store");
    }

    @Test
    void t60_unchangedLeavesTheApplicationsCacheControl() throws Exception {
        assertThat(header(
                        "Cache-Control", Caching.UNCHANGED, response -> response.setHeader("Cache-Control", "public")))
                .isEqualTo("public");
        assertThat(header("Cache-Control", Caching.UNCHANGED, response -> {})).isEqualTo("none");
    }

    @ParameterizedTest
    @EnumSource
    void t60_varyKeepsCookieWhateverTheApplicationSays(Caching caching) throws Exception {
        assertThat(header("Vary", caching, response -> {})).isEqualTo("Cookie");
        assertThat(header("Vary", caching, HttpServletResponse::reset)).isEqualTo("Cookie");
        assertThat(header("Vary", caching, response -> response.setHeader("vary", "Accept-Encoding")))
                .isEqualTo("Accept-Encoding, Cookie");
        assertThat(header("Vary", caching, response -> response.setHeader("Vary", "cookie, Accept")))
                .isEqualTo("cookie, Accept");
        assertThat(header("Vary", caching, response -> response.setHeader("Vary", "*")))
                .isEqualTo("*");
    }

    private static String cacheControl(Consumer<HttpServletResponse> application) throws Exception {
        return header("Cache-Control", Caching.PRIVATE, application);
    }

    private static String header(String name, Caching caching, Consumer<HttpServletResponse> application)
            throws Exception {
        Server server = new Server(0);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Answering(application, caching)), "/");
        server.setHandler(context);
        server.start();
        try {
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                                    .build(),
                            BodyHandlers.ofString())
                    .headers()
                    .firstValue(name)
                    .orElse("none");
        } finally {
            server.stop();
        }
    }

    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Consumer<HttpServletResponse> application;
        private final Caching caching;

        Answering(Consumer<HttpServletResponse> application, Caching caching) {
            this.application = application;
            this.caching = caching;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            application.accept(new PrivateResponse(response, caching));
        }
    }
}
