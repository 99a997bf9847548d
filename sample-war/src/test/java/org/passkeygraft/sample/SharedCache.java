package org.passkeygraft.sample;

import com.sun.net.httpserver.Headers;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A proxy with a cache for all its users, as eager as RFC 9111 allows: it stores every answer to GET that does not forbid it,
 * never takes one for stale, and tells them apart by address and by what {@code Vary} names.
 */
final class SharedCache implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, List<Stored>> stored = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final URI origin;

    private SharedCache(HttpServer server, URI origin) {
        this.server = server;
        this.origin = origin;
    }

    /** Starts one on a free port, in front of an application. */
    static SharedCache before(URI origin) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        SharedCache cache = new SharedCache(server, origin);
        server.createContext("/", cache::answer);
        server.start();
        return cache;
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + origin.getPath());
    }

    /** Returns how many answers are stored. */
    int size() {
        return stored.values().stream().mapToInt(List::size).sum();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String address = exchange.getRequestURI().toString();
            boolean get = exchange.getRequestMethod().equals("GET");
            Optional<Answer> known = get ? find(address, exchange.getRequestHeaders()) : Optional.empty();
            if (known.isPresent()) {
                known.get().send(exchange);
                return;
            }
            Answer answer = fetch(exchange, address);
            if (get && answer.mayBeStored()) {
                stored.merge(
                        address,
                        List.of(new Stored(answer.keys(exchange.getRequestHeaders()), answer)),
                        (before, added) ->
                                Stream.concat(added.stream(), before.stream()).toList());
            }
            answer.send(exchange);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Answer> find(String address, Headers asked) {
        return stored.getOrDefault(address, List.of()).stream()
                .filter(candidate -> candidate.keys().equals(candidate.answer().keys(asked)))
                .map(Stored::answer)
                .findFirst();
    }

    private Answer fetch(HttpExchange exchange, String address) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(origin.resolve(address))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Stored(Map<String, String> keys, Answer answer) {}

    private record Answer(HttpResponse<byte[]> response) {
        boolean mayBeStored() {
            Set<String> said = items("Cache-Control");
            return !said.contains("no-store")
                    && !said.contains("private")
                    && !items("Vary").contains("*");
        }

        /** What this answer depends on, as a request has it (section 4.1). */
        Map<String, String> keys(Headers asked) {
            return items("Vary").stream()
                    .collect(Collectors.toMap(name -> name, name -> String.valueOf(asked.get(name))));
        }

        private Set<String> items(String name) {
            return response.headers().map().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .flatMap(value -> Stream.of(value.split(",", -1)))
                    .map(item -> item.strip().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }

        void send(HttpExchange exchange) throws IOException {
            response.headers().map().forEach((name, values) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
