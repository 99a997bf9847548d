package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** The application lies at /portal/app for browsers and at /sample for its server, with nginx as documented between them. */
class ChangedPathIT {
    private static final String SHOWN = "/portal/app/";
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:href|src|action|data-passkey-(?:base|here|confirm|onward|skip|address|upgrade))=[\"'](/[^\"']*)[\"']");

    @TempDir
    static Path directory;

    private static Nginx proxy;
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        proxy = Nginx.prepare(directory);
        sample = RunningSample.start(RunningSample.options()
                .withUsers(3)
                .withParameter("passkey.rp.origins", proxy.origin())
                .withParameter("passkey.http.public-path", "/portal/app"));
        proxy.leadTo(sample.server().uri());
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.stop();
        sample.close();
    }

    @Test
    void everyAddressInOurPagesIsOneThatBrowsersCanReach() {
        SampleClient alice = new SampleClient(proxy.uri());
        String logon = alice.visit("secret/page").location();
        assertThat(logon).startsWith(SHOWN + "passkey/logon?to=");
        assertThat(addresses(alice, logon.substring(SHOWN.length()))).hasSizeGreaterThan(4);
        Answer loggedOn = alice.logOn("alice", "alice");
        assertThat(loggedOn.location()).startsWith(SHOWN);
        for (String page :
                List.of("passkey/security", "passkey/backup", "passkey/bind", "passkey/admin", "passkey/confirm")) {
            assertThat(addresses(alice, page)).as(page).isNotEmpty();
        }
        assertThat(alice.submit("passkey/logout", Map.of()).location()).startsWith(SHOWN);
    }

    @Test
    void scriptsAreToldWhereToGoInTheSameWay() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient browser = new SampleClient(proxy.uri());
        browser.logOn("user1", "password");
        Answer bound = browser.bind(device, "Phone");
        assertThat(bound.status()).isEqualTo(201);
        assertThat(bound.location()).startsWith(SHOWN + "passkey/passkeys/");

        Answer logon = new SampleClient(proxy.uri()).logOn(device);

        assertThat(logon.text("location")).startsWith(SHOWN);
        assertThat(browser.confirm(device).text("location")).startsWith(SHOWN + "passkey/");
    }

    @Test
    void aPersonBindsAPasskeyAndLogsOnWithIt() {
        try (Chrome chrome = new Chrome();
                BrowserVisit visit = new BrowserVisit(chrome.browser().newContext(), proxy.uri())) {
            visit.open("secret/page");
            visit.enterName("user2");
            visit.enterPassword("password");
            visit.button("Bind").click();
            assertThat(visit.row("Chrome on Linux")).isVisible();
            assertThat(visit.page()).hasURL(Pattern.compile(".*/portal/app/passkey/security.*"));

            visit.context().clearCookies();
            visit.chooseMethod("user2", "secret/page");
            visit.button("Passkey Logon").click();

            assertThat(visit.page()).hasURL(proxy.uri() + "secret/page");
        }
    }

    private static List<String> addresses(SampleClient browser, String page) {
        Answer answer = browser.visit(page);
        assertThat(answer.status()).as(page).isEqualTo(200);
        List<String> addresses = ADDRESS.matcher(answer.body())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(addresses).as(page).allMatch(address -> address.startsWith(SHOWN));
        addresses.stream()
                .filter(address -> address.endsWith(".css") || address.endsWith(".js") || address.endsWith(".svg"))
                .forEach(address ->
                        assertThat(browser.visit(address).status()).as(address).isEqualTo(200));
        return addresses;
    }
}
