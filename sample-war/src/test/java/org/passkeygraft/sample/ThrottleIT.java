package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TestSize;

/** Guessing is slowed down, and nobody is locked out by it. Addresses are played by a trusted proxy. */
class ThrottleIT {
    private static final int ACCOUNT_FAILURES = 5;
    private static final int ADDRESS_FAILURES = 15;
    private static final int BEGINNINGS = 30;

    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options()
                .withUsers(10)
                .withParameter("passkey.throttle.enabled", "true")
                .withParameter("passkey.throttle.account-failures", "" + ACCOUNT_FAILURES)
                .withParameter("passkey.throttle.address-failures", "" + ADDRESS_FAILURES)
                .withParameter("passkey.throttle.address-beginnings", "" + BEGINNINGS)
                .withParameter("passkey.proxy.trusted", "127.0.0.1, ::1"));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void t118_wrongPasswordsFromEverywhereDelayPasswordsAndNeverThePasskey() {
        SoftwareAuthenticator device = ownerOfAPasskey("alice", "alice", "198.51.100.1");
        for (int i = 0; i < 2 * ACCOUNT_FAILURES; i++) {
            password("alice", "wrong", "203.0.113." + i);
        }

        Answer delayed = password("alice", "alice", "198.51.100.2");
        assertThat(delayed.status()).isEqualTo(429);
        assertThat(Long.parseLong(delayed.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(password("ALICE ", "alice", "198.51.100.3").status())
                .as("T-111")
                .isEqualTo(429);
        assertThat(password("bob", "bob", "203.0.113.0").status()).isEqualTo(303);
        assertThat(passkey(device, "198.51.100.4").status()).isEqualTo(200);
    }

    @Test
    void t118_wrongPasswordsFromElsewhereDelayNoBrowserThatTheUserLoggedOnWith() {
        SampleClient own = sample.newBrowser();
        Answer logon = form(own, "198.51.100.6", "user3", "password");
        for (int i = 0; i < ACCOUNT_FAILURES; i++) {
            password("user3", "wrong", "203.0.113." + i);
        }

        assertThat(password("user3", "password", "198.51.100.7").status()).isEqualTo(429);
        assertThat(form(own, "198.51.100.6", "user3", "password").status()).isEqualTo(303);
        assertThat(logon.headers("Set-Cookie"))
                .filteredOn(cookie -> cookie.matches("pk-[A-Za-z0-9_-]{8}-device=.*"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=31536000");
    }

    @Test
    void t63_t118_anAddressThatGuessesIsDelayedAndAPasskeyFromItIsNot() {
        String address = "192.0.2.7";
        SoftwareAuthenticator device = ownerOfAPasskey("user1", "password", "198.51.100.5");
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < ADDRESS_FAILURES + 2; i++) {
            answers.add(password("nobody" + i, "wrong", address));
        }

        assertThat(answers.subList(0, ADDRESS_FAILURES)).allMatch(answer -> answer.status() == 401);
        assertThat(answers.get(ADDRESS_FAILURES).status()).isEqualTo(429);
        assertThat(password("user2", "password", address).status()).isEqualTo(429);
        assertThat(password("user2", "password", "192.0.2.8").status()).isEqualTo(303);
        assertThat(passkey(device, address).status()).isEqualTo(200);
    }

    /** Each form is one address with one counter, and an unreadable neighbour's failures are not the clients'. */
    @Test
    void t126_everyFormOfAnAddressHasThatAddresssCounter() {
        List<String> forms = List.of(
                "203.0.113.77:51234",
                "::ffff:203.0.113.77",
                "198.51.100.77, [::ffff:203.0.113.77]:443",
                "203.0.113.77, 127.0.0.1:8080");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < ADDRESS_FAILURES; i++) {
            statuses.add(password("stranger" + i, "wrong", forms.get(i % forms.size()))
                    .status());
        }

        assertThat(statuses).containsOnly(401);
        assertThat(forms)
                .allSatisfy(
                        form -> assertThat(password("user4", "password", form).status())
                                .as(form)
                                .isEqualTo(429));
        List<String> others = List.of(
                "::ffff:203.0.113.78", "203.0.113.78:51234", "[2001:db8::7]:51234", "203.0.113.77, 198.51.100.77:1");
        assertThat(others)
                .allSatisfy(
                        form -> assertThat(password("user4", "password", form).status())
                                .as(form)
                                .isEqualTo(303));
    }

    /** Of one user, then of nine: more at once than one account and one address may fail. */
    @Test
    void t132_letsAllRightPasswordsOfACrowdIn() {
        List<Integer> ofOne = AtOnce.run(
                64, index -> password("user4", "password", "192.0.2.11").status());
        List<Integer> ofNine = AtOnce.run(
                16,
                index -> password("user" + (index % 9 + 1), "password", "192.0.2.12")
                        .status());

        assertThat(ofOne).containsOnly(303);
        assertThat(ofNine).containsOnly(303);
    }

    @Test
    void t36_anAddressThatBeginsTooManyCeremoniesHasToWaitAndNoSessionIsMade() {
        SampleClient flood = sample.newBrowser();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < BEGINNINGS + 5; i++) {
            answers.add(from(flood, "192.0.2.9", "passkey/logon/options", "application/json", "{}"));
        }

        assertThat(answers.subList(0, BEGINNINGS)).allMatch(answer -> answer.status() == 200);
        assertThat(answers.subList(BEGINNINGS, answers.size())).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.code()).isEqualTo("too-many-requests");
            assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 60L);
        });
        assertThat(answers)
                .noneMatch(answer -> answer.headers("Set-Cookie").toString().contains("JSESSIONID"));
        assertThat(from(sample.newBrowser(), "192.0.2.10", "passkey/logon/options", "application/json", "{}")
                        .status())
                .isEqualTo(200);
    }

    /** One browser after the other, from ever new addresses: only the address is counted, and nothing else is kept. */
    @Test
    void t36_aFloodOfOptionsLeavesNeitherSessionsNorRows() throws Exception {
        long before = rows();
        int refused = 0;
        int answered = 0;
        int calls = TestSize.of(400, 100_000);
        for (int i = 0; i < calls; i++) {
            SampleClient stranger = sample.newBrowser();
            int network = i / 40;
            String address = "10." + network / 250 + "." + network % 250 + ".1";
            Answer answer = from(stranger, address, "passkey/logon/options", "application/json", "{}");
            assertThat(answer.status()).isIn(200, 429);
            assertThat(stranger.cookies()).doesNotContainKey("JSESSIONID").hasSizeLessThanOrEqualTo(1);
            refused += answer.status() == 429 ? 1 : 0;
            answered += answer.status() == 200 ? 1 : 0;
        }

        assertThat(answered).isEqualTo(calls / 40 * BEGINNINGS);
        assertThat(refused).isEqualTo(calls / 40 * (40 - BEGINNINGS));
        assertThat(rows()).isEqualTo(before);
    }

    private static long rows() throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select (select count(*) from passkey_spent_ceremony)"
                        + " + (select count(*) from passkey_grant) + (select count(*) from passkey_user)")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static SoftwareAuthenticator ownerOfAPasskey(String username, String password, String address) {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient browser = sample.newBrowser();
        form(browser, address, username, password);
        assertThat(browser.bind(device, "Mine").status()).isEqualTo(201);
        return device;
    }

    private static Answer passkey(SoftwareAuthenticator device, String address) {
        SampleClient browser = sample.newBrowser();
        Answer options = from(browser, address, "passkey/logon/options", "application/json", "{}");
        return from(
                browser,
                address,
                "passkey/logon/assertion",
                "application/json",
                browser.assertion(device, options.body()));
    }

    private static Answer password(String username, String password, String address) {
        return form(sample.newBrowser(), address, username, password);
    }

    private static Answer form(SampleClient browser, String address, String username, String password) {
        return from(
                browser,
                address,
                "passkey/logon/password",
                "application/x-www-form-urlencoded",
                "username=" + username.replace(' ', '+') + "&password=" + password);
    }

    private static Answer from(SampleClient browser, String address, String path, String type, String body) {
        return browser.send(browser.request(path)
                .header("X-Forwarded-For", address)
                .header("Origin", browser.origin())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
