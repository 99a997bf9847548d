package org.passkeygraft.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that shows an application below another path, as nginx does with the lines of docs/servers.md: it changes the
 * path of requests, of {@code Location} and of cookies, and nothing inside a body. Everything else is not found.
 */
final class PathChangingProxy implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final String shown;
    private volatile URI application = URI.create("http://localhost/");

    private PathChangingProxy(HttpServer server, String shown) {
        this.server = server;
        this.shown = shown;
    }

    /**
     * Starts one on a free port.
     *
     * @param shown the path that browsers see, with a slash at its end
     */
    static PathChangingProxy open(String shown) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        PathChangingProxy proxy = new PathChangingProxy(server, shown);
        server.createContext(shown, proxy::answer);
        server.setExecutor(proxy.threads);
        server.start();
        return proxy;
    }

    void leadTo(URI uri) {
        application = uri;
    }

    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    URI uri() {
        return URI.create(origin() + shown);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> response = client.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values(name, values));
                }
            });
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        String address = exchange.getRequestURI().toString();
        String inside = application.getPath() + address.substring(shown.length());
        HttpRequest.Builder request = HttpRequest.newBuilder(application.resolve(inside))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private List<String> values(String name, List<String> values) {
        String path = application.getPath();
        if (name.equalsIgnoreCase("location")) {
            return values.stream()
                    .map(value -> value.startsWith(path) ? shown + value.substring(path.length()) : value)
                    .toList();
        }
        if (name.equalsIgnoreCase("set-cookie")) {
            String inside = path.substring(0, path.length() - 1);
            String outside = shown.substring(0, shown.length() - 1);
            return values.stream()
                    .map(value -> value.replaceFirst("(?i)(; *path=)" + inside + "(?=;|/|$)", "$1" + outside))
                    .toList();
        }
        return values;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
