package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** What no check at the start can see is told to the administrator when it first happens. */
class AdviceIT {
    @Test
    void anOriginThatNobodyListedIsToldOnceWithTheLineThatHelps() throws Exception {
        try (LogLines log = new LogLines();
                RunningSample sample = RunningSample.start(RunningSample.options()
                        .withParameter("passkey.rp.origins", "https://www.localhost")
                        .withParameter("passkey.http.origins", "https://www.localhost"))) {
            SampleClient browser = sample.newBrowser();
            assertThat(browser.logOn("alice", "alice").status()).isEqualTo(403);
            assertThat(browser.logOn("alice", "alice").status()).isEqualTo(403);

            assertThat(log.containing("passkey.rp.origins="))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("passkey.rp.origins=" + browser.origin(), "[https://www.localhost]");
        }
    }

    @Test
    void t65_whateverSomebodyTypesStaysOneRecordOfTheLog() throws Exception {
        try (LogLines log = new LogLines();
                RunningSample sample = RunningSample.start()) {
            SampleClient browser = sample.newBrowser();
            browser.logOn("evil\r\nLOGON account=\"alice\" ${jndi:ldap}\u001b[1m", "wrong");

            assertThat(log.containing("evil"))
                    .singleElement()
                    .asString()
                    .startsWith("INFO: LOGON_REFUSED")
                    .doesNotContain("\r", "\n", "\u001b", "${", "\"alice\"");
        }
    }

    @Test
    void anotherSiteCannotMakeUsAdviseToListIt() throws Exception {
        try (LogLines log = new LogLines();
                RunningSample sample = RunningSample.start()) {
            SampleClient browser = sample.newBrowser();
            Answer answer = browser.send(browser.request("passkey/logout")
                    .header("Sec-Fetch-Site", "cross-site")
                    .header("Origin", "https://evil.example")
                    .POST(HttpRequest.BodyPublishers.noBody()));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(log.containing("REQUEST_REFUSED")).hasSize(1);
            assertThat(log.containing("evil.example")).isEmpty();
        }
    }

    @Test
    void aProxyThatNobodyTrustsIsToldOnceWithTheLineThatHelps() throws Exception {
        try (LogLines log = new LogLines();
                RunningSample sample = RunningSample.start()) {
            SampleClient browser = sample.newBrowser();
            for (int i = 0; i < 2; i++) {
                browser.send(browser.request("passkey/logon/options")
                        .header("Content-Type", "application/json")
                        .header("Origin", browser.origin())
                        .header("X-Forwarded-For", "203.0.113.7")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")));
            }
            assertThat(log.containing("passkey.proxy.trusted="))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("127.0.0.1");
        }
    }

    @Test
    void t126_aTrustedHeaderThatCannotBeReadIsToldOnce() throws Exception {
        try (LogLines log = new LogLines();
                RunningSample sample = RunningSample.start(
                        RunningSample.options().withParameter("passkey.proxy.trusted", "127.0.0.1, ::1"))) {
            SampleClient browser = sample.newBrowser();
            for (int i = 0; i < 2; i++) {
                beginLogon(browser, "X-Forwarded-For", "unknown${jndi:x}");
                beginLogon(browser, "Forwarded", "for=203.0.113.7");
            }
            assertThat(log.containing("X-Forwarded-For that cannot be read"))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("127.0.0.1", "unknown")
                    .doesNotContain("${");
            assertThat(log.containing("Forwarded without X-Forwarded-For"))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("127.0.0.1");
        }
    }

    private static void beginLogon(SampleClient browser, String header, String value) {
        browser.send(browser.request("passkey/logon/options")
                .header("Content-Type", "application/json")
                .header("Origin", browser.origin())
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    @Test
    void t74_aConstraintThatForgetsMethodsIsToldAtTheStart() throws Exception {
        try (LogLines log = new LogLines();
                Variant application = Variant.of(RunningSample.war())
                        .descriptor(xml -> xml.replace(
                                "<url-pattern>/admin/*</url-pattern>",
                                "<url-pattern>/admin/*</url-pattern><http-method>GET</http-method>"));
                RunningSample sample = RunningSample.start(application.directory(), RunningSample.options())) {
            assertThat(sample.newBrowser().visit("admin/page").status()).isEqualTo(302);
            assertThat(log.containing("deny-uncovered-http-methods"))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("/admin/*");
        }
    }

    @Test
    void aServerWithoutAJspEngineIsToldAtTheStart() throws Exception {
        try (LogLines log = new LogLines();
                OwnServer server = OwnServer.prepare(RunningSample.war(), 4, Map.of())
                        .withoutPages()
                        .graft()
                        .start()) {
            assertThat(new SampleClient(server.uri()).fetch("secret/page").status())
                    .isEqualTo(401);
            assertThat(log.containing("JSP engine"))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("jetty-ee10-apache-jsp");
        }
    }
}
