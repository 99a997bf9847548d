package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.testing.OddRequests;
import org.passkeygraft.testing.PathSpellings;
import org.passkeygraft.testing.RawConnection;
import org.passkeygraft.testing.RawConnection.Response;

/** Every other way to write a request for something protected, byte by byte on raw sockets. */
class PathSpellingsIT {
    private static final String NAVIGATION = "Sec-Fetch-Mode: navigate\r\nAccept: text/html\r\n";
    private static final String END = "Connection: close\r\n\r\n";

    private static RunningSample sample;
    private static int port;
    private static String bob = "";

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start();
        port = sample.server().port();
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        bob = "Cookie: JSESSIONID=" + browser.cookies().get("JSESSIONID") + "\r\n";
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    static Stream<String> spellings() {
        return Stream.of("secret/page", "admin/page").flatMap(path -> PathSpellings.of("/sample", path, port).stream());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void t70_t71_t72_t75_noSpellingLetsAnybodyIn(String target) throws Exception {
        for (String headers : List.of(NAVIGATION, "Accept: application/json\r\n")) {
            String answer = RawConnection.exchange(port, get(target, headers));

            assertNothingShown(answer);
            assertThat(answer).doesNotContain("for our staff only", "Alice Anker");
        }
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void t70_t71_t72_t75_noSpellingMakesAUserAnAdministrator(String target) throws Exception {
        String answer = RawConnection.exchange(port, get(target, NAVIGATION + bob));

        assertNothingShown(answer);
        assertThat(answer).doesNotContain("Alice Anker");
    }

    @Test
    void aUserSeesWhatIsForUsers() throws Exception {
        assertThat(RawConnection.exchange(port, get("/sample/secret/page", NAVIGATION + bob)))
                .contains("for our staff only");
        assertThat(RawConnection.exchange(port, get("/sample/secret/../secret/page", NAVIGATION + bob)))
                .as("the spellings do reach the page")
                .contains("for our staff only");
    }

    @ParameterizedTest
    @FieldSource("org.passkeygraft.testing.OddRequests#METHODS")
    void t74_noMethodGetsAroundTheProtection(String method) throws Exception {
        for (String path : List.of("/sample/secret/page", "/sample/admin/page", "/sample/secret/")) {
            String answer = RawConnection.exchange(
                    port, method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + NAVIGATION + END);

            assertNothingShown(answer);
            assertThat(status(answer)).as(answer).isBetween(302, 499);
            assertThat(answer).doesNotContain("for our staff only", "Alice Anker");
        }
    }

    @Test
    void t74_traceEchoesNothing() throws Exception {
        String answer = RawConnection.exchange(
                port,
                "TRACE /sample/public/page HTTP/1.1\r\nHost: localhost\r\nX-Probe: echo-of-a-header\r\n" + bob + END);

        assertThat(answer).doesNotContain("echo-of-a-header", "JSESSIONID=");
        assertThat(status(answer)).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /sample/secret/page\r\n",
                "GET /sample/secret/page HTTP/1.0\r\n\r\n",
                "GET /sample/secret/page HTTP/1.0\r\nAccept: text/html\r\n\r\n",
                "GET /sample/secret/page HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /sample/secret/page HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
                "GET /sample/secret/page HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                "GET  /sample/secret/page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET\t/sample/secret/page\tHTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /sample/secret/page HTTP/1.1\nHost: a\nConnection: close\n\n",
                "\r\n\r\nGET /sample/secret/page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            })
    void t74_noOldOrBrokenRequestGetsAroundTheProtection(String request) throws Exception {
        String answer = RawConnection.exchange(port, request);

        assertThat(answer).doesNotContain("for our staff only", "HTTP/1.1 2", "HTTP/1.0 2");
        Discretion.isKeptBy(answer);
    }

    @ParameterizedTest
    @FieldSource("org.passkeygraft.testing.OddRequests#HEADERS")
    void t78_noHeaderMovesOrElevatesARequest(String header) throws Exception {
        for (String page : List.of("/sample/secret/page", "/sample/admin/page")) {
            for (String path : List.of("/sample/public/page", page)) {
                String answer = RawConnection.exchange(port, get(path, header.formatted(page) + "\r\n"));

                assertNothingShown(answer);
                assertThat(answer).doesNotContain("for our staff only", "Alice Anker");
            }
        }
    }

    static Stream<String> inside() {
        return Stream.concat(
                OddRequests.INSIDE.stream(),
                Stream.of(
                        "WEB-INF/jsp/secret.jsp",
                        "Web-Inf/web.xml",
                        "%u002e/WEB-INF/web.xml",
                        "meta-inf/context.xml",
                        "%4dETA-INF/context.xml",
                        "passkey/v-x/%2e%2e/%2e%2e/WEB-INF/web.xml",
                        "WEB-INF/classes/org/passkeygraft/sample/MeServlet.class"));
    }

    @ParameterizedTest
    @MethodSource("inside")
    void t79_noPartOfTheApplicationIsServedAsAFile(String path) throws Exception {
        for (String headers : List.of("", bob)) {
            String answer = RawConnection.exchange(port, get("/sample/" + path, headers));

            assertThat(status(answer)).as(answer).isIn(400, 404);
            assertThat(answer).doesNotContain("<web-app", "<%@", "passkey.rp.id", "<Context", "Manifest-Version");
            Discretion.isKeptBy(answer);
        }
    }

    @Test
    void t77_theContextItselfAndItsWelcomePageAreAsTheApplicationHasThem() throws Exception {
        assertThat(status(RawConnection.exchange(port, get("/sample", "")))).isBetween(301, 302);
        assertThat(status(RawConnection.exchange(port, get("/sample/", "")))).isEqualTo(200);
        for (String path : List.of("/sample/secret", "/sample/secret/", "/sample/admin", "/sample/admin/x.jsp")) {
            assertThat(status(RawConnection.exchange(port, get(path, NAVIGATION))))
                    .as(path)
                    .isEqualTo(302);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sample/passkey/passkey.css/../../secret/page",
                "/sample/passkey/logon/x",
                "/sample/passkey/logonx",
                "/sample/passkey/",
                "/sample/passkey",
                "/sample/passkey/passkeys/../../secret/page",
                "/sample/passkey/icon/../../WEB-INF/web.xml",
                "/sample/passkey/v-x/icon/secret.svg"
            })
    void t75_ourOwnAddressesAreExemptOneByOne(String target) throws Exception {
        String answer = RawConnection.exchange(port, get(target, NAVIGATION));

        assertNothingShown(answer);
        assertThat(status(answer)).isBetween(302, 404);
        assertThat(answer).doesNotContain("for our staff only");
    }

    @ParameterizedTest
    @ValueSource(strings = {NAVIGATION, "Accept: application/json\r\n"})
    void aConnectionGoesOnAfterAChallenge(String headers) throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            for (int round = 0; round < 3; round++) {
                connection.write(keptAlive("/sample/secret/page", headers));
                assertThat(require(connection).status()).isIn(302, 401);
                connection.write(keptAlive("/sample/public/page", headers));
                Response next = require(connection);
                assertThat(next.status()).isEqualTo(200);
                assertThat(next.body()).contains("This page is public.");
                connection.write(keptAlive("/sample/api/me", headers));
                assertThat(require(connection).status()).isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NAVIGATION, "Accept: application/json\r\n"})
    void aChallengedBodyIsNotTakenForTheNextRequest(String headers) throws Exception {
        String inner = keptAlive("/sample/api/me", "X-Inner: yes\r\n");
        try (RawConnection connection = new RawConnection(port)) {
            connection.write("POST /sample/secret/page HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: "
                    + inner.length() + "\r\n\r\n" + inner + keptAlive("/sample/public/page", "Connection: close\r\n"));

            assertThat(require(connection).status()).isIn(303, 401);
            String rest = connection.readToEnd();
            assertThat(rest)
                    .satisfiesAnyOf(
                            nothing -> assertThat(nothing).isEmpty(),
                            page -> assertThat(page).startsWith("HTTP/1.1 200").contains("This page is public."));
        }
    }

    @Test
    void t66_lengthAndChunksTogetherAreRefused() throws Exception {
        String smuggled = "GET /sample/api/me HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (String headers : List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -1\r\n")) {
            String answer = RawConnection.exchange(
                    port, post("/sample/passkey/logon/options", headers) + "0\r\n\r\n" + smuggled);

            assertThat(status(answer)).as(headers).isEqualTo(400);
            assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
            Discretion.isKeptBy(answer);
        }
    }

    @Test
    void t66_aBodyThatWasNotReadEndsTheConnection() throws Exception {
        String second = keptAlive("/sample/public/page", "");
        for (Map.Entry<String, Integer> refused : Map.of(
                        "Content-Type: application/json\r\nContent-Length: 70000\r\n", 413,
                        "Content-Type: text/plain\r\nContent-Length: 70000\r\n", 415)
                .entrySet()) {
            String answer = RawConnection.exchange(
                    port,
                    post("/sample/passkey/logon/options", refused.getKey()) + " ".repeat(70_000) + second + second);

            if (!answer.isEmpty()) {
                assertThat(status(answer)).isEqualTo(refused.getValue());
                assertThat(answer).contains("Connection: close").doesNotContain("This page is public.");
            }
        }
    }

    @Test
    void t66_whoAsksBeforeSendingTheBodyIsRefusedWithoutBeingAskedForIt() throws Exception {
        String foreign = "Content-Type: application/json\r\nContent-Length: 10\r\nSec-Fetch-Site: cross-site\r\n";
        for (Map.Entry<String, Integer> refused : Map.of(
                        "Content-Type: application/json\r\nContent-Length: 70000\r\n",
                        413,
                        "Content-Type: text/plain\r\nContent-Length: 10\r\n",
                        415,
                        foreign,
                        403)
                .entrySet()) {
            String request = post("/sample/passkey/logon/options", refused.getKey() + "Expect: 100-continue\r\n");
            String answer = RawConnection.exchange(
                    port,
                    refused.getKey().equals(foreign)
                            ? request.replace("Origin: http://localhost:" + port, "Origin: https://evil.example")
                            : request);

            assertThat(status(answer)).isEqualTo(refused.getValue());
            assertThat(answer).doesNotContain("100 Continue").contains("Connection: close");
        }
    }

    @Test
    void t66_whoIsRefusedBeforeTheBodyIsReadIsToldThatTheConnectionEnds() throws Exception {
        for (String path : List.of("passkeys/options", "confirm/options", "nothing/here")) {
            String answer = RawConnection.exchange(
                    port,
                    post(
                            "/sample/passkey/" + path,
                            "Content-Type: application/json\r\nContent-Length: 10\r\nExpect: 100-continue\r\n"));

            assertThat(status(answer)).as(path).isIn(401, 404);
            assertThat(answer).doesNotContain("100 Continue").contains("Connection: close");
        }
    }

    @Test
    void aFormThatIsRefusedLateIsReadAndLeavesTheConnectionOpen() throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            connection.write(post(
                    "/sample/passkey/bind/later",
                    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n"));
            connection.write("a=b");
            assertThat(require(connection).status()).isEqualTo(401);

            connection.write(keptAlive("/sample/public/page", ""));
            assertThat(require(connection).status()).isEqualTo(200);
        }
    }

    @Test
    void t66_whoAsksBeforeSendingAGoodBodyIsServed() throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            connection.write(post(
                    "/sample/passkey/logon/options",
                    "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"));
            assertThat(require(connection).status()).isEqualTo(100);
            connection.write("{}");
            assertThat(require(connection).status()).isEqualTo(200);
        }
    }

    private static Response require(RawConnection connection) throws IOException {
        return connection.read().orElseThrow(() -> new AssertionError("the server closed the connection"));
    }

    private static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers + END;
    }

    private static String keptAlive(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers + "\r\n";
    }

    private static String post(String target, String headers) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nOrigin: http://localhost:" + port
                + "\r\n" + headers + "\r\n";
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static void assertNothingShown(String answer) {
        Discretion.isKeptBy(answer);
        if (!answer.isEmpty()) {
            assertThat(status(answer)).as(answer).isLessThan(500);
        }
    }
}
