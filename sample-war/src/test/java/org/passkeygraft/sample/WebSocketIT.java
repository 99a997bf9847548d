package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.RawConnection;

/** T-73: Jetty answers the handshake of a WebSocket in a filter of its own, which must not stand before ours. */
class WebSocketIT {
    private static Variant application;
    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        application = Variant.of(RunningSample.war()).withoutConstraints();
        server = OwnServer.prepare(application.directory(), 8, Map.of())
                .with("passkey.protect.1.pattern", "/ws/*")
                .listening(new Endpoints())
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        application.close();
    }

    @Test
    void whoeverIsNotLoggedOnGetsNoConnection() throws Exception {
        String answer = handshake("/sample/ws/talk", "");

        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("Sec-WebSocket-Accept");
    }

    @Test
    void aCallerIsConnectedAndKnown() throws Exception {
        SampleClient browser = new SampleClient(server.uri());
        browser.logOn("bob", "bob");

        String answer = handshake(
                "/sample/ws/talk", "Cookie: JSESSIONID=" + browser.cookies().get("JSESSIONID") + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 101").contains("Sec-WebSocket-Accept", "you are bob");
    }

    @Test
    void whatNoRuleProtectsIsOpen() throws Exception {
        assertThat(handshake("/sample/open", "")).startsWith("HTTP/1.1 101").contains("you are nobody");
    }

    /** All that comes until the endpoint closes the connection. */
    private static String handshake(String path, String headers) throws IOException {
        return RawConnection.exchange(
                server.uri().getPort(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost:" + server.uri().getPort()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n");
    }

    /** Adds its endpoints when the application has started, after every initializer. */
    private static final class Endpoints implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServerContainer sockets =
                    (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                for (String path : new String[] {"/ws/talk", "/open"}) {
                    sockets.addEndpoint(ServerEndpointConfig.Builder.create(Talk.class, path)
                            .build());
                }
            } catch (DeploymentException refused) {
                throw new IllegalStateException(refused);
            }
        }
    }

    /** Says who is there, and goes. */
    public static final class Talk extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            try {
                String name = session.getUserPrincipal() == null
                        ? "nobody"
                        : session.getUserPrincipal().getName();
                session.getBasicRemote().sendText("you are " + name);
                session.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
