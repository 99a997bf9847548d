package org.passkeygraft.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.passkeygraft.Bytes;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;

/**
 * A browser without a screen: keeps cookies in the order it got them, follows no redirect, says where its requests come
 * from. Each instance is another browser, for one thread at a time.
 */
public class ScreenlessBrowser {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;
    private final String origin;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public ScreenlessBrowser(URI base) {
        this.base = base;
        this.origin = base.getScheme() + "://" + base.getAuthority();
    }

    public String origin() {
        return origin;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** Where the application begins, with a slash at the end. */
    public URI base() {
        return base;
    }

    /** The same cookies in another browser: what a thief of all cookies has. */
    public ScreenlessBrowser copy() {
        ScreenlessBrowser copy = new ScreenlessBrowser(base);
        copy.cookies.putAll(cookies);
        return copy;
    }

    /** A person goes to a page. */
    public Answer visit(String path) {
        return send(request(path)
                .header("Sec-Fetch-Mode", "navigate")
                .header("Accept", "text/html")
                .GET());
    }

    /** A script asks for data. */
    public Answer fetch(String path) {
        return send(request(path)
                .header("Sec-Fetch-Mode", "cors")
                .header("Accept", "application/json")
                .GET());
    }

    /** A person sends a form of our own pages. */
    public Answer submit(String path, Map<String, String> fields) {
        return send(fromOwnPage(request(path))
                .header("Sec-Fetch-Mode", "navigate")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(fields))));
    }

    /** A script of our own pages sends data. */
    public Answer post(String path, String json) {
        return post(path, Bytes.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    public Answer post(String path, Bytes json) {
        return send(fromOwnPage(request(path))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.toArray())));
    }

    /** A client that is no browser page sends a form of ours, and wants data. */
    public Answer change(String path, Map<String, String> fields) {
        return send(fromOwnPage(request(path))
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(fields))));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private HttpRequest.Builder fromOwnPage(HttpRequest.Builder request) {
        return request.header("Origin", origin).header("Sec-Fetch-Site", "same-origin");
    }

    /** Sends a request with this browser's cookies and keeps the cookies of the answer. */
    public Answer send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.setHeader(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Answer(response);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void keep(String setCookie) {
        String[] parts = setCookie.split(";", -1);
        String[] pair = parts[0].split("=", 2);
        cookies.remove(pair[0]);
        boolean expired = setCookie.contains("Max-Age=0") || pair[1].isEmpty();
        if (!expired) {
            cookies.put(pair[0], pair[1]);
        }
    }

    public Answer logOn(String username, String password) {
        return submit("passkey/logon/password", Map.of("username", username, "password", password));
    }

    /** Options of a logon, or of another ceremony whose options ask for nothing. */
    public Answer options(String ceremony) {
        return post("passkey/" + ceremony + "/options", "{}");
    }

    public Answer logOn(SoftwareAuthenticator authenticator) {
        return answer("logon", authenticator);
    }

    public Answer confirm(SoftwareAuthenticator authenticator) {
        return answer("confirm", authenticator);
    }

    private Answer answer(String ceremony, SoftwareAuthenticator authenticator) {
        Answer options = options(ceremony);
        return options.status() == 200
                ? post("passkey/" + ceremony + "/assertion", assertion(authenticator, options.body()))
                : options;
    }

    public String assertion(SoftwareAuthenticator authenticator, String options) {
        try {
            return authenticator.get(options, origin);
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    public Answer bindingOptions(String name) {
        return post("passkey/passkeys/options", Json.write(Map.of("name", name)));
    }

    public Answer bind(SoftwareAuthenticator authenticator, String name) {
        Answer options = bindingOptions(name);
        return options.status() == 200
                ? post("passkey/passkeys", registration(authenticator, options.body()))
                : options;
    }

    public String registration(SoftwareAuthenticator authenticator, String options) {
        try {
            return authenticator.create(options, origin);
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        public String location() {
            return header("Location");
        }

        public JsonObject json() {
            try {
                return Json.parse(body().getBytes(StandardCharsets.UTF_8));
            } catch (JsonException notJson) {
                throw new IllegalStateException("not JSON: " + body(), notJson);
            }
        }

        public String text(String member) {
            try {
                return json().requireText(member);
            } catch (JsonException missing) {
                throw new IllegalStateException(body(), missing);
            }
        }

        /** The stable code of a problem body. */
        public String code() {
            return header("Content-Type").startsWith("application/problem+json") ? text("code") : "";
        }
    }
}
