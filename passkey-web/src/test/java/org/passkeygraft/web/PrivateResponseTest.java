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

    private static String cacheControl(Consumer<HttpServletResponse> application) throws Exception {
        Server server = new Server(0);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Answering(application)), "/");
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
                    .firstValue("Cache-Control")
                    .orElse("none");
        } finally {
            server.stop();
        }
    }

    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Consumer<HttpServletResponse> application;

        Answering(Consumer<HttpServletResponse> application) {
            this.application = application;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            application.accept(new PrivateResponse(response));
        }
    }
}
