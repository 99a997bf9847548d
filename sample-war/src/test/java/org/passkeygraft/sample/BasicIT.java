package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.Options;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.RawConnection;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** Machine clients keep their BASIC header where the application uses BASIC, through the module and through the filter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BasicIT {
    private static final String CHALLENGE = "Basic realm=\"sample\", charset=\"UTF-8\"";

    private Variant constrained;
    private Variant open;
    private OwnServer module;
    private OwnServer filter;

    @BeforeAll
    void start() throws Exception {
        constrained = Variant.of(RunningSample.war())
                .descriptor(xml -> xml.replaceAll(
                        "(?s)<auth-method>FORM</auth-method>(.*?)<form-login-config>.*?</form-login-config>",
                        "<auth-method>BASIC</auth-method>$1"));
        open = Variant.of(RunningSample.war())
                .withoutConstraints()
                .declaring(
                        "<login-config><auth-method>BASIC</auth-method><realm-name>sample</realm-name></login-config>");
        module = OwnServer.prepare(constrained.directory(), 8, DoorServlets.all())
                .graft()
                .start();
        filter = OwnServer.prepare(open.directory(), 8, DoorServlets.all())
                .with("passkey.protect.1.pattern", "/secret/*")
                .with("passkey.protect.1.roles", "user")
                .with("passkey.protect.2.pattern", "/admin/*")
                .with("passkey.protect.2.roles", "admin")
                .start();
    }

    @AfterAll
    void stop() {
        module.close();
        filter.close();
        constrained.close();
        open.close();
    }

    private Stream<OwnServer> doors() {
        return Stream.of(module, filter);
    }

    /** T-90, also where the request goes on later. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void t90_afterALogoffTheHeaderDoesNotLogOnAgain(OwnServer server) {
        SampleClient client = new SampleClient(server.uri());

        assertThat(send(client, "async?to=/who", basic("bob:bob")).body()).startsWith("{bob bob ");
        assertThat(send(client, "async?logout=1&to=/who", basic("bob:bob")).body())
                .isEqualTo("{" + DoorServlets.NOBODY + "}");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aRightPasswordIsEnoughForOneRequestAndLeavesNothingBehind(OwnServer server) {
        SampleClient client = new SampleClient(server.uri());

        Answer answer = send(client, "secret/who", basic("bob:bob"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{bob bob ").contains("[user]");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
        assertThat(client.fetch("secret/who").status()).isEqualTo(401);
        assertThat(send(client, "admin/who", basic("bob:bob")).status()).isEqualTo(403);
        assertThat(send(client, "who", basic("bob:bob")).body())
                .as("public pages know the caller too")
                .startsWith("{bob bob ");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aHeaderIsCheckedOnceARequestHoweverOftenAnybodyAsks(OwnServer server) {
        for (String path : new String[] {"who", "secret/who", "async?to=/secret/who", "forward?to=/secret/who"}) {
            try (LogLines log = new LogLines()) {
                assertThat(send(new SampleClient(server.uri()), path, basic("bob:bob"))
                                .body())
                        .as(path)
                        .contains("bob");
                assertThat(log.containing("LOGON ")).as(path).hasSizeLessThanOrEqualTo(1);
            }
            try (LogLines log = new LogLines()) {
                send(new SampleClient(server.uri()), path, basic("bob:wrong"));
                assertThat(log.containing("LOGON_REFUSED")).as(path).hasSize(1);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aClientThatPollsLeavesOneRecordAMinuteAndEveryRefusal(OwnServer server) {
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 5; i++) {
                send(new SampleClient(server.uri()), "secret/who", basic("alice:alice"));
                send(new SampleClient(server.uri()), "secret/who", basic("alice:wrong"));
            }
            assertThat(log.containing("LOGON ")).hasSizeLessThanOrEqualTo(1);
            assertThat(log.containing("LOGON_REFUSED")).hasSize(5);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aWrongPasswordIsAProblemAndAsksForARightOne(OwnServer server) {
        for (String wrong : new String[] {
            basic("bob:wrong"),
            basic("bob"),
            basic(""),
            basic("nobody:x"),
            basic("bob:bob\0"),
            "Basic",
            "Basic ",
            "Basic ###",
            "Basic " + Base64.getEncoder().encodeToString(new byte[] {'b', 'o', 'b', ':', (byte) 0xff}),
        }) {
            Answer answer = send(new SampleClient(server.uri()), "secret/who", wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(answer.code()).as(wrong).startsWith("authentication-");
            assertThat(answer.headers("WWW-Authenticate")).containsExactly("Passkey", CHALLENGE);
            assertThat(answer.headers("Set-Cookie")).isEmpty();
            assertThat(send(new SampleClient(server.uri()), "who", wrong).status())
                    .as("what is public stays public")
                    .isEqualTo(200);
        }
        assertThat(send(new SampleClient(server.uri()), "secret/who", basic("bob:wrong"))
                        .code())
                .isEqualTo("authentication-failed");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void theSchemeIsReadAsItIsWrittenAnywhere(OwnServer server) {
        String token = basic("bob:bob").substring(6);

        assertThat(send(new SampleClient(server.uri()), "secret/who", "basic " + token)
                        .status())
                .isEqualTo(200);
        assertThat(send(new SampleClient(server.uri()), "secret/who", "BASIC   " + token)
                        .status())
                .isEqualTo(200);
        assertThat(send(new SampleClient(server.uri()), "secret/who", "Bearer " + token)
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void twoHeadersAreNobodys(OwnServer server) throws Exception {
        String answer = RawConnection.exchange(
                server.uri().getPort(),
                "GET /sample/secret/who HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + basic("bob:bob")
                        + "\r\nAuthorization: " + basic("alice:alice") + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aBrowserNeverGetsAPromptOfItsOwn(OwnServer server) {
        SampleClient browser = new SampleClient(server.uri());

        assertThat(browser.visit("secret/who").status()).isEqualTo(302);
        assertThat(browser.fetch("secret/who").headers("WWW-Authenticate")).containsExactly("Passkey");
        assertThat(browser.send(browser.request("secret/who")
                                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)")
                                .header("X-Requested-With", "XMLHttpRequest"))
                        .headers("WWW-Authenticate"))
                .containsExactly("Passkey");
        assertThat(browser.send(browser.request("secret/who")
                                .header("Sec-Fetch-Mode", "navigate")
                                .header("Authorization", basic("bob:wrong")))
                        .location())
                .startsWith("/sample/passkey/logon");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aClientThatWaitsToBeAskedIsAsked(OwnServer server) throws Exception {
        Authenticator bob = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("bob", "bob".toCharArray());
            }
        };
        HttpClient client = HttpClient.newBuilder().authenticator(bob).build();
        var request = new SampleClient(server.uri()).request("secret/who").build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).startsWith("{bob ");

        HttpURLConnection old =
                (HttpURLConnection) server.uri().resolve("secret/who").toURL().openConnection();
        old.setAuthenticator(bob);
        assertThat(read(old)).startsWith("{bob ");
    }

    private static String read(HttpURLConnection connection) throws IOException {
        try (var content = connection.getInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void theSessionsLogonComesBeforeTheHeader(OwnServer server) {
        SampleClient browser = new SampleClient(server.uri());
        browser.logOn("alice", "alice");

        assertThat(send(browser, "secret/who", basic("bob:bob")).body()).startsWith("{alice alice ");
        assertThat(send(browser, "secret/who", basic("bob:wrong")).body()).startsWith("{alice alice ");
    }

    @Test
    void t89_theFilterTellsThatItIsBasic() {
        assertThat(send(new SampleClient(filter.uri()), "secret/who", basic("bob:bob"))
                        .body())
                .isEqualTo("{bob bob BASIC [user] true}");
    }

    @Test
    void afterALogoffTheHeaderIsNobodysForTheRestOfTheRequest() {
        String told = send(new SampleClient(filter.uri()), "change?end=1", basic("alice:alice"))
                .body();

        assertThat(told)
                .startsWith("alice alice BASIC [admin user] true; " + DoorServlets.NOBODY + "; " + DoorServlets.NOBODY)
                .endsWith("; " + DoorServlets.NOBODY + ";");
    }

    @Test
    void tooManyWrongPasswordsHaveToWait() throws Exception {
        try (RunningSample throttled = RunningSample.start(
                open.directory(),
                Options.defaults()
                        .withPort(0)
                        .withData(Files.createTempDirectory("sample"))
                        .withParameter("passkey.protect.1.pattern", "/secret/*")
                        .withParameter("passkey.throttle.account-failures", "3"))) {
            SampleClient client = throttled.newBrowser();
            for (int i = 0; i < 3; i++) {
                assertThat(send(client, "secret/page", basic("bob:wrong")).status())
                        .isEqualTo(401);
            }

            Answer refused = send(client, "secret/page", basic("bob:bob"));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("too-many-requests");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            assertThat(send(client, "public/page", basic("bob:bob")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "auto"})
    void whereTheApplicationDoesNotUseItAHeaderIsNothing(String value) throws Exception {
        try (Variant form = Variant.of(RunningSample.war()).withoutConstraints();
                RunningSample sample = RunningSample.start(
                        form.directory(),
                        RunningSample.options()
                                .withParameter("passkey.protect.1.pattern", "/secret/*")
                                .withParameter("passkey.http.basic", value))) {
            Answer answer = send(sample.newBrowser(), "secret/page", basic("bob:bob"));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers("WWW-Authenticate")).containsExactly("Passkey");
        }
    }

    private static Answer send(SampleClient client, String path, String authorization) {
        return client.send(
                client.request(path).header("Authorization", authorization).header("Accept", "*/*"));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
