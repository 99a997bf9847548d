package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.PathSpellings;
import org.passkeygraft.testing.RawConnection;

/** Every other way to write a request for something that only our filter protects, byte by byte on raw sockets. */
class FilterPathSpellingsIT {
    private static final String NAVIGATION = "Sec-Fetch-Mode: navigate\r\nAccept: text/html\r\n";
    private static final String MACHINE = "Accept: application/json\r\n";
    private static final String[] PROTECTED = {
        "for our staff only", "Alice Anker", "only in a file", "only in a page", "only on Fridays"
    };

    private static Variant application;
    private static RunningSample sample;
    private static int port;
    private static String bob = "";

    @BeforeAll
    static void start() throws Exception {
        application = Variant.of(RunningSample.war())
                .withoutConstraints()
                .file("secret/note.txt", "only in a file")
                .file("public/report.jsp", "<%@ page session=\"false\" %>only in a page")
                .file("friday/index.jsp", "<%@ page session=\"false\" %>only on Fridays")
                .declaring("<welcome-file-list><welcome-file>index.jsp</welcome-file></welcome-file-list>");
        sample = RunningSample.start(
                application.directory(),
                RunningSample.options()
                        .withParameter("passkey.protect.1.pattern", "/secret/*")
                        .withParameter("passkey.protect.1.roles", "user")
                        .withParameter("passkey.protect.2.pattern", "/admin/*")
                        .withParameter("passkey.protect.2.roles", "admin")
                        .withParameter("passkey.protect.3.pattern", "*.jsp"));
        port = sample.server().port();
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        bob = "Cookie: JSESSIONID=" + browser.cookies().get("JSESSIONID") + "\r\n";
    }

    @AfterAll
    static void stop() {
        sample.close();
        application.close();
    }

    static Stream<String> spellings() {
        return Stream.of("secret/page", "admin/page", "secret/note.txt", "public/report.jsp")
                .flatMap(path -> PathSpellings.of("/sample", path, port).stream());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void t70_t71_t72_t73_t75_noSpellingLetsAnybodyIn(String target) throws Exception {
        for (String headers : List.of(NAVIGATION, MACHINE)) {
            assertNothingShown(RawConnection.exchange(port, request("GET", target, headers)));
        }
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void t70_t71_t72_t75_noSpellingMakesAUserAnAdministrator(String target) throws Exception {
        assertThat(RawConnection.exchange(port, request("GET", target, NAVIGATION + bob)))
                .doesNotContain("Alice Anker");
    }

    @Test
    void aUserSeesWhatIsForUsers() throws Exception {
        for (String target : List.of("/sample/secret/page", "/sample/secret/../secret/page")) {
            assertThat(RawConnection.exchange(port, request("GET", target, NAVIGATION + bob)))
                    .as("the spellings do reach the page")
                    .contains("for our staff only");
        }
        assertThat(RawConnection.exchange(port, request("GET", "/sample/secret/note.txt", bob)))
                .contains("only in a file");
        assertThat(RawConnection.exchange(port, request("GET", "/sample/public/report.jsp", bob)))
                .contains("only in a page");
    }

    @ParameterizedTest
    @FieldSource("org.passkeygraft.testing.OddRequests#METHODS")
    void t74_noMethodGetsAroundTheProtection(String method) throws Exception {
        for (String path : List.of("/sample/secret/page", "/sample/admin/page", "/sample/secret/note.txt")) {
            String answer = RawConnection.exchange(port, request(method, path, NAVIGATION));

            assertNothingShown(answer);
            assertThat(status(answer)).as(answer).isBetween(302, 499);
        }
    }

    @Test
    void t74_traceEchoesNothing() throws Exception {
        String answer = RawConnection.exchange(
                port, request("TRACE", "/sample/secret/page", bob + "X-Probe: echo-of-a-header\r\n"));

        assertThat(answer).doesNotContain("echo-of-a-header", "JSESSIONID=");
        assertThat(status(answer)).isBetween(400, 499);
    }

    @Test
    void t77_folderWelcomePageAndExtensionAreCovered() throws Exception {
        for (String path : List.of(
                "/sample/secret",
                "/sample/secret/",
                "/sample/friday/index.jsp",
                "/sample/public/report.jsp",
                "/sample/nothing.jsp",
                "/sample/friday/")) {
            String answer = RawConnection.exchange(port, request("GET", path, NAVIGATION));
            assertNothingShown(answer);
            assertThat(status(answer)).as(path).isEqualTo(302);
            assertThat(answer).as(path).contains("Location: /sample/passkey/logon?to=");
        }
        assertThat(RawConnection.exchange(port, request("GET", "/sample/friday/", bob)))
                .contains("only on Fridays");
    }

    @ParameterizedTest
    @FieldSource("org.passkeygraft.testing.OddRequests#HEADERS")
    void t78_noHeaderMovesOrElevatesARequest(String header) throws Exception {
        for (String page : List.of("/sample/secret/page", "/sample/admin/page")) {
            for (String path : List.of("/sample/public/page", page)) {
                assertNothingShown(RawConnection.exchange(port, request("GET", path, header.formatted(page) + "\r\n")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEB-INF/web.xml",
                "WEB-INF/passkey.properties",
                "WEB-INF/jsp/secret.jsp",
                "WEB-INF/passkey/logon.jsp",
                "%57EB-INF/web.xml",
                "WEB-INF;/web.xml",
                "public/..;/WEB-INF/web.xml",
                "passkey/%2e%2e/WEB-INF/passkey/logon.jsp",
                "META-INF/context.xml"
            })
    void t79_noPartOfTheApplicationIsServedAsAFile(String path) throws Exception {
        for (String headers : List.of("", bob)) {
            String answer = RawConnection.exchange(port, request("GET", "/sample/" + path, headers));

            // 401 where a rule for all pages comes first
            assertThat(status(answer)).as(answer).isIn(400, 401, 404);
            assertThat(answer).doesNotContain("<web-app", "<%@", "passkey.rp.id", "<Context");
        }
    }

    private static String request(String method, String target, String headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers
                + "Connection: close\r\n\r\n";
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static void assertNothingShown(String answer) {
        Discretion.isKeptBy(answer);
        assertThat(answer).doesNotContain(PROTECTED);
        if (!answer.isEmpty()) {
            assertThat(status(answer)).as(answer).isLessThan(500);
        }
    }
}
