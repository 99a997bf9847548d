package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** TLS ends at a proxy that passes on plain requests and says nothing about it: every cookie is one for https all the same. */
class BehindProxyIT {
    private static final String ORIGIN = "https://localhost";

    private static RunningSample sample;

    private SampleClient browser;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options()
                .withUsers(3)
                .withParameter("passkey.rp.origins", ORIGIN)
                .withParameter("passkey.policy.second-factor", "when-bound"));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @BeforeEach
    void arrive() {
        browser = sample.newBrowser();
    }

    @Test
    void t115_theCookieOfACeremonyIsSecureAndPrefixed() {
        List<String> cookies = cookies(beginLogon());

        assertThat(cookies)
                .singleElement()
                .asString()
                .startsWith("__Host-pk-")
                .contains("; Secure", "; Path=/", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Domain");
    }

    /** A neighbour on plain http can set a cookie of any name but a prefixed one. */
    @Test
    void t115_aCeremonyWithoutThePrefixIsNoneOfOurs() throws Exception {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        logOn("alice", "alice");
        String made = device.create(
                fromProxy("passkey/passkeys/options", "{\"name\": \"Phone\"}").body(), ORIGIN);
        assertThat(fromProxy("passkey/passkeys", made).status()).isEqualTo(201);

        String answer = device.get(beginLogon().body(), ORIGIN);
        SampleClient neighbour = browser.copy();
        List.copyOf(neighbour.cookies().keySet())
                .forEach(name -> neighbour
                        .cookies()
                        .put(name.replace("__Host-", ""), neighbour.cookies().remove(name)));

        assertThat(fromProxy(neighbour, "passkey/logon/assertion", answer).code())
                .isEqualTo("ceremony-expired");
        assertThat(fromProxy("passkey/logon/assertion", answer).status()).isEqualTo(200);
    }

    @Test
    void t115_theSessionCookieIsSecure() {
        Answer logon = logOn("user1", "password");

        assertThat(logon.status()).isEqualTo(200);
        assertThat(cookies(logon)).anyMatch(cookie -> cookie.startsWith("JSESSIONID"));
        assertThat(cookies(logon)).allMatch(cookie -> cookie.contains("; Secure"), "is Secure");
    }

    /** A pending logon, the cookie that knows the device, and each kind of ceremony. */
    @Test
    void t115_everyCookieOfOursIsSecureAndPrefixed() throws Exception {
        List<String> cookies = new ArrayList<>(cookies(logOn("user2", "password")));
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        Answer options = fromProxy("passkey/passkeys/options", "{\"name\": \"Phone\"}");
        cookies.addAll(cookies(options));
        assertThat(fromProxy("passkey/passkeys", device.create(options.body(), ORIGIN))
                        .status())
                .isEqualTo(201);
        cookies.addAll(cookies(fromProxy("passkey/confirm/options", "{}")));
        browser = sample.newBrowser();
        cookies.addAll(cookies(logOn("user2", "password")));
        cookies.addAll(cookies(fromProxy("passkey/second-factor/options", "{}")));
        cookies.addAll(cookies(beginLogon()));

        assertThat(cookies)
                .filteredOn(cookie -> !cookie.startsWith("JSESSIONID"))
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(cookie -> cookie.startsWith("__Host-pk-"), "is prefixed")
                .allMatch(cookie -> cookie.contains("; Path=/") && !cookie.contains("Domain"), "is of this host");
        assertThat(cookies).allMatch(cookie -> cookie.contains("; Secure") && cookie.contains("; HttpOnly"));
    }

    private Answer logOn(String username, String password) {
        return browser.send(fromProxy(browser.request("passkey/logon/password"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=" + username + "&password=" + password)));
    }

    private Answer beginLogon() {
        return fromProxy("passkey/logon/options", "{}");
    }

    private Answer fromProxy(String path, String json) {
        return fromProxy(browser, path, json);
    }

    private static Answer fromProxy(SampleClient client, String path, String json) {
        return client.send(fromProxy(client.request(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpRequest.Builder fromProxy(HttpRequest.Builder request) {
        return request.header("Origin", ORIGIN)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Accept", "application/json");
    }

    private static List<String> cookies(Answer answer) {
        return answer.headers("Set-Cookie");
    }
}
