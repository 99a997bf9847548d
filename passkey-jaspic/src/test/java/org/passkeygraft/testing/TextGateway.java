package org.passkeygraft.testing;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A real HTTP server in this JVM that takes texts for mobile phones. */
public final class TextGateway implements AutoCloseable {
    private final BlockingQueue<Request> received = new LinkedBlockingQueue<>();
    private final AtomicInteger status = new AtomicInteger(202);
    private final HttpServer server;

    /**
     * A request as it came.
     *
     * @param headers by name in lower case
     */
    public record Request(Map<String, List<String>> headers, String body) {}

    private TextGateway(HttpServer server) {
        this.server = server;
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Request(Map.copyOf(exchange.getRequestHeaders()), body));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
    }

    public static TextGateway plain() {
        try {
            return new TextGateway(HttpServer.create(anyPort(), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static TextGateway tls(SSLContext identity) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity));
            return new TextGateway(server);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public URI url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + "/send");
    }

    /** What it answers from now on. */
    public void answer(int code) {
        status.set(code);
    }

    /** The next request, which may be under way. */
    public Request next() throws InterruptedException {
        Request request = received.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new IllegalStateException("nothing came");
        }
        return request;
    }

    public int waiting() {
        return received.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
