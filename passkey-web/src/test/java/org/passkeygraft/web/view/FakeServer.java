package org.passkeygraft.web.view;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.passkeygraft.Bytes;

/**
 * The endpoints of the ceremonies, answering what a test told them to: the last answer given for a path is repeated,
 * those before it are used up in order. Options come with a fresh challenge each.
 */
final class FakeServer {
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    /** A request that came in, with the body as JSON and the query as sent. */
    record Asked(String path, String query, JsonObject body) {}

    private record Answer(int status, String body, Map<String, String> headers) {}

    FakeServer(BrowserContext context) {
        context.route(url -> url.contains(Samples.CONTEXT + "/passkey/") && !url.contains("/test/"), this::answer);
        context.route("**" + Samples.CONTEXT + "/secret**", FakeServer::arrive);
        answers("logon/options", 200, requestOptions("localhost", 300_000));
        answers("confirm/options", 200, requestOptions("localhost", 300_000));
        answers("passkeys/options", 200, creationOptions(""));
    }

    FakeServer answers(String path, int status, String body) {
        return answers(path, status, body, Map.of());
    }

    FakeServer answers(String path, int status, String body, Map<String, String> headers) {
        answers.remove(path);
        return then(path, status, body, headers);
    }

    FakeServer then(String path, int status, String body, Map<String, String> headers) {
        answers.computeIfAbsent(path, unknown -> new ArrayDeque<>()).add(new Answer(status, body, headers));
        return this;
    }

    FakeServer refuses(String path, int status, String code) {
        return answers(path, status, problem(code, ""));
    }

    static String problem(String code, String more) {
        return "{\"type\":\"about:blank\",\"title\":\"\",\"code\":\"" + code + "\"" + more + "}";
    }

    static String requestOptions(String rpId, long timeout) {
        return "{\"challenge\":\"$challenge\",\"timeout\":" + timeout + ",\"rpId\":\"" + rpId
                + "\",\"allowCredentials\":[],\"userVerification\":\"required\"}";
    }

    static String creationOptions(String excluded) {
        return "{\"rp\":{\"id\":\"localhost\",\"name\":\"Bank of Ithaca\"},\"user\":{\"id\":\"dXNlci1oYW5kbGU\","
                + "\"name\":\"alice\",\"displayName\":\"\"},\"challenge\":\"$challenge\",\"timeout\":300000,"
                + "\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7}],\"excludeCredentials\":[" + excluded
                + "],\"authenticatorSelection\":{\"residentKey\":\"required\",\"userVerification\":\"required\"},"
                + "\"extensions\":{\"credProps\":true}}";
    }

    /** All requests to that path so far, oldest first. */
    List<Asked> asked(String path) {
        return asked.stream().filter(request -> request.path().equals(path)).toList();
    }

    private void answer(Route route) {
        Request request = route.request();
        URI address = URI.create(request.url());
        String path = address.getPath().substring((Samples.CONTEXT + "/passkey/").length());
        Deque<Answer> left = answers.get(path);
        if (request.method().equals("GET") || left == null) {
            arrive(route);
            return;
        }
        asked.add(new Asked(
                path,
                address.getRawQuery() == null ? "" : address.getRawQuery(),
                JsonParser.parseString(request.postData()).getAsJsonObject()));
        Answer answer = left.size() > 1 ? left.remove() : left.element();
        byte[] challenge = new byte[32];
        random.nextBytes(challenge);
        route.fulfill(new Route.FulfillOptions()
                .setStatus(answer.status())
                .setHeaders(answer.headers())
                .setContentType("application/json")
                .setBody(answer.body().replace("$challenge", Bytes.of(challenge).base64url())));
    }

    /** Any page of the application. */
    private static void arrive(Route route) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("text/html").setBody("<!DOCTYPE html><title>There</title>"));
    }
}
