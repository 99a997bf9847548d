package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
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
}
