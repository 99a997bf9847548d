package org.passkeygraft.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.servers.TomcatApplications.Site;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** The application's login page learns passkeys, and is else byte for byte what it is without the graft. */
abstract class ArmingContract {
    private static final Pattern SCRIPT =
            Pattern.compile("<script type=\"module\" src=\"[^\"]*/passkey-form\\.js\"[^>]*></script>");
    private static final String AUTOFILL = " autocomplete=\"username webauthn\"";

    private final TomcatApplications applications;

    ArmingContract(TomcatApplications applications) {
        this.applications = applications;
    }

    /** The page behind {@code secret/page.jsp} is the container's forward to {@code login.jsp}. */
    @ParameterizedTest
    @CsvSource({
        "USERS, login.jsp",
        "USERS, " + TomcatApplications.LATIN_PAGE,
        "JAAS, login.jsp",
        "JAAS, " + TomcatApplications.LATIN_PAGE,
        "JAAS, secret/page.jsp"
    })
    void aLoginPageHasTheScriptOnceAndIsElseUntouched(Site site, String path) throws Exception {
        HttpResponse<byte[]> armed = get(site, path);
        HttpResponse<byte[]> plain = get(Site.PLAIN, path);

        assertArmed(new String(armed.body(), ISO_8859_1), new String(plain.body(), ISO_8859_1));
        assertThat(armed.statusCode()).isEqualTo(plain.statusCode());
        assertThat(armed.headers().allValues("Content-Type"))
                .isEqualTo(plain.headers().allValues("Content-Type"));
    }

    @Test
    void thePageThatTheContainerForwardsToStillLogsOn() {
        DoorBrowser browser = applications.browser(Site.JAAS);
        Answer challenge = browser.visit("secret/page.jsp");
        assertThat(challenge.body()).contains("Own logon page", "passkey-form.js", "data-passkey-mode=\"ticket\"");

        Answer logon = browser.logOnAt(challenge, "bob", "bob");

        assertThat(logon.location()).endsWith("/jaas/secret/page.jsp");
        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for bob");
    }

    @Test
    void soIsThePageAfterAWrongPassword() {
        Answer armed = afterAWrongPassword(Site.JAAS);

        assertArmed(armed.body(), afterAWrongPassword(Site.PLAIN).body());
        assertThat(armed.body()).contains("Bitte anmelden, Jürgen");
    }

    private Answer afterAWrongPassword(Site site) {
        DoorBrowser browser = applications.browser(site);
        browser.visit("secret/page.jsp");
        return browser.submit("j_security_check", Map.of("j_username", "bob", "j_password", "wrong"));
    }

    @Test
    void otherPagesAreNotTouched() throws Exception {
        assertThat(get(Site.JAAS, "login-error.jsp").body())
                .isEqualTo(get(Site.PLAIN, "login-error.jsp").body());
    }

    private static void assertArmed(String armed, String plain) {
        assertThat(SCRIPT.matcher(armed).results()).as(armed).hasSize(1);
        assertThat(armed).containsOnlyOnce(AUTOFILL).containsPattern("(?i)</script></form>");
        assertThat(SCRIPT.matcher(armed).replaceFirst("").replace(AUTOFILL, "")).isEqualTo(plain);
    }

    private HttpResponse<byte[]> get(Site site, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        applications
                                .browser(site)
                                .request(path)
                                .header("Sec-Fetch-Mode", "navigate")
                                .header("Accept", "text/html")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
