package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** The logon page that the application always had, its form as it always was, through the module and through the filter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnLogonPageIT {
    private Variant application;
    private OwnServer module;
    private OwnServer filter;

    @BeforeAll
    void start() throws Exception {
        application = Variant.of(RunningSample.war()).withoutConstraints();
        module = OwnServer.prepare(RunningSample.war(), 8, DoorServlets.all())
                .graft()
                .with("passkey.logon-page", "/login.jsp")
                .with("passkey.logon-error-page", "/login-error.jsp")
                .start();
        filter = OwnServer.prepare(application.directory(), 8, DoorServlets.all())
                .with("passkey.protect.1.pattern", "/secret/*")
                .with("passkey.protect.2.pattern", "*.jsp")
                .with("passkey.logon-page", "/login.jsp")
                .with("passkey.logon-error-page", "/login-error.jsp")
                .start();
    }

    @AfterAll
    void stop() {
        module.close();
        filter.close();
        application.close();
    }

    private Stream<OwnServer> doors() {
        return Stream.of(module, filter);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void theChallengeLeadsToItAndItsFormBackToThePageAskedFor(OwnServer server) {
        SampleClient browser = new SampleClient(server.uri());
        String page = browser.visit("secret/page?tab=1").location();
        assertThat(page).startsWith("/sample/login.jsp?to=");
        assertThat(browser.visit(page).body()).contains("j_security_check");

        Answer logon = postFrom(browser, page, "j_security_check", Map.of("j_username", "bob", "j_password", "bob"));

        assertThat(logon.status()).isEqualTo(303);
        assertThat(logon.location()).startsWith("/sample/passkey/bind?to=");
        assertThat(browser.me()).isEqualTo("bob");
        assertThat(browser.visit("passkey/logon?" + page.replaceFirst(".*\\?", ""))
                        .location())
                .isEqualTo("/sample/secret/page?tab=1");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aRefusedLogonLeadsToTheErrorPageWhateverTheReason(OwnServer server) {
        for (Map<String, String> fields : List.<Map<String, String>>of(
                Map.of("j_username", "bob", "j_password", "wrong"),
                Map.of("j_username", "nobody", "j_password", "bob"),
                Map.of("j_username", "", "j_password", ""),
                Map.of(),
                Map.of("j_username", "bob"))) {
            SampleClient browser = new SampleClient(server.uri());
            Answer refused = browser.submit("j_security_check", fields);
            assertThat(refused.status()).isEqualTo(303);
            assertThat(refused.location()).isEqualTo("/sample/login-error.jsp");
            assertThat(browser.me()).isEmpty();
        }
        SampleClient browser = new SampleClient(server.uri());
        String page = browser.visit("secret/page").location();
        Answer refused = postFrom(browser, page, "j_security_check", Map.of("j_username", "bob", "j_password", "x"));
        assertThat(refused.location())
                .as("the target is not lost")
                .isEqualTo(page.replace("/login.jsp", "/login-error.jsp"));
        assertThat(browser.visit("login-error.jsp").status()).isEqualTo(200);
    }

    /** A form has a relative address, so the folder is the one that the page is in. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void theFormLogsOnInAProtectedFolderToo(OwnServer server) {
        for (String folder : List.of("secret/", "secret/deeper/", "admin/")) {
            SampleClient browser = new SampleClient(server.uri());
            String page = browser.visit("secret/page?tab=1").location();
            Answer right = postFrom(
                    browser, page, folder + "j_security_check", Map.of("j_username", "bob", "j_password", "bob"));
            if (right.status() == 307) {
                right = postFrom(
                        browser,
                        page,
                        right.location().substring("/sample/".length()),
                        Map.of("j_username", "bob", "j_password", "bob"));
            }
            assertThat(right.status()).as(folder).isEqualTo(303);
            assertThat(right.location()).startsWith("/sample/passkey/bind?to=");
            assertThat(browser.me()).isEqualTo("bob");

            SampleClient other = new SampleClient(server.uri());
            Answer wrong = other.submit(folder + "j_security_check", Map.of("j_username", "bob", "j_password", "x"));
            if (wrong.status() == 307) {
                wrong = other.submit(
                        wrong.location().substring("/sample/".length()),
                        Map.of("j_username", "bob", "j_password", "x"));
            }
            assertThat(wrong.location()).isEqualTo("/sample/login-error.jsp");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void itIsAuditedAsAnyOtherPassword(OwnServer server) {
        try (LogLines log = new LogLines()) {
            new SampleClient(server.uri())
                    .submit("public/j_security_check", Map.of("j_username", "bob", "j_password", "bob"));
            assertThat(log.containing("LOGON account=\"bob\"")).hasSize(1);
            new SampleClient(server.uri()).submit("j_security_check", Map.of("j_username", "bob", "j_password", "x"));
            assertThat(log.containing("LOGON_REFUSED account=\"bob\"")).hasSize(1);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void t54_anotherSiteCannotLogAnybodyOn(OwnServer server) {
        for (Map.Entry<String, String> header : Map.of(
                        "Sec-Fetch-Site",
                        "cross-site",
                        "Origin",
                        "https://evil.example",
                        "Referer",
                        "https://evil.example/")
                .entrySet()) {
            SampleClient browser = new SampleClient(server.uri());
            Answer answer = browser.send(browser.request("j_security_check")
                    .header(header.getKey(), header.getValue())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("j_username=bob&j_password=bob")));
            assertThat(answer.status()).as(header.toString()).isEqualTo(403);
            assertThat(browser.me()).isEmpty();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void t57_onlyASealedTargetIsFollowed(OwnServer server) {
        for (String target : new String[] {"https://evil.example/", "//evil.example", "/admin/page", "x"}) {
            SampleClient browser = new SampleClient(server.uri());
            Map<String, String> fields = new HashMap<>(Map.of("j_username", "bob", "j_password", "bob", "to", target));
            Answer logon = browser.change("j_security_check", fields);
            assertThat(logon.status()).isEqualTo(200);
            assertThat(browser.visit("passkey/logon?to=" + target).location()).isEqualTo("/sample/");
            assertThat(logon.text("location")).startsWith("/sample/passkey/bind");
        }
        SampleClient browser = new SampleClient(server.uri());
        Answer foreign = browser.send(browser.request("j_security_check")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Referer", "https://evil.example/x?to=abc")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("j_username=bob&j_password=x")));
        assertThat(foreign.location()).isEqualTo("/sample/login-error.jsp");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("doors")
    void aPasswordInTheAddressIsRefused(OwnServer server) {
        SampleClient browser = new SampleClient(server.uri());

        assertThat(browser.change("j_security_check?j_username=bob&j_password=bob", Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(browser.visit("j_security_check?j_username=bob&j_password=bob")
                        .status())
                .isIn(404, 405);
        assertThat(browser.me()).isEmpty();
    }

    @Test
    void t116_theSessionIdChanges() {
        SampleClient browser = new SampleClient(filter.uri());
        browser.visit("secret/page");
        browser.submit("j_security_check", Map.of("j_username", "bob", "j_password", "bob"));
        String first = String.valueOf(browser.cookies().get("JSESSIONID"));
        browser.submit("j_security_check", Map.of("j_username", "bob", "j_password", "bob"));

        assertThat(String.valueOf(browser.cookies().get("JSESSIONID")).replaceFirst("\\..*", ""))
                .isNotEqualTo(first.replaceFirst("\\..*", ""));
    }

    private static Answer postFrom(SampleClient browser, String page, String path, Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach(
                (name, value) -> form.append(name).append('=').append(value).append('&'));
        return browser.send(browser.request(path)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Accept", "text/html")
                .header("Referer", browser.origin() + page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString())));
    }
}
