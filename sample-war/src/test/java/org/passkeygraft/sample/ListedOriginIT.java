package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of another origin may send forms where the configuration lists it, whatever browsers call such a request. */
class ListedOriginIT {
    private static final String PORTAL = "https://portal.localhost";

    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withParameter("passkey.http.origins", PORTAL));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @ParameterizedTest
    @CsvSource({
        "same-site, https://portal.localhost, 303",
        "cross-site, https://portal.localhost, 303",
        "same-origin, https://portal.localhost, 303",
        "same-site, https://portal.localhost:8443, 403",
        "cross-site, https://portal.localhost.evil.example, 403",
        "same-site, http://portal.localhost, 403",
        "cross-site, null, 403"
    })
    void t54_theListDecidesWhateverTheSite(String site, String origin, int status) {
        SampleClient browser = sample.newBrowser();

        assertThat(browser.send(browser.request("passkey/logon/password")
                                .header("Sec-Fetch-Site", site)
                                .header("Origin", origin)
                                .header("Accept", "text/html")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("username=bob&password=bob")))
                        .status())
                .isEqualTo(status);
    }
}
