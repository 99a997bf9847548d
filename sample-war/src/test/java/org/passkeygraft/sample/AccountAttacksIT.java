package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Accounts, policy and proofs that change under the feet of those who are logged on or about to be. */
class AccountAttacksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger USERS = new AtomicInteger();

    private static RunningSample sample;

    private final String username = "user" + USERS.incrementAndGet();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options()
                .withUsers(20)
                .withParameter("passkey.session.recheck", "1s")
                .withParameter("passkey.confirmation.maximum-age", "5s"));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void t37_anAccountLockedBetweenOptionsAndAnswerIsRefusedLikeAnyOther() throws Exception {
        bindPasskey();
        SampleClient browser = sample.newBrowser();
        String answer = browser.assertion(device, browser.options("logon").body());
        change("update app_user set locked = true where name = ?", username);

        Answer refused = browser.post("passkey/logon/assertion", answer);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo(refusalOfAStranger());
        assertThat(browser.cookies()).doesNotContainKey("JSESSIONID");
        change("update app_user set locked = false where name = ?", username);
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(200);
    }

    @Test
    void t37_anAccountLockedBetweenOptionsAndRegistrationBindsNothing() throws Exception {
        SampleClient browser = loggedOn();
        String answer =
                browser.registration(device, browser.bindingOptions("Mine").body());
        change("update app_user set locked = true where name = ?", username);

        assertThat(browser.post("passkey/passkeys", answer).status()).isIn(400, 401);

        change("update app_user set locked = false where name = ?", username);
        assertThat(loggedOn().fetch("passkey/passkeys").body()).contains("\"passkeys\":[]");
    }

    @Test
    void t117_whoIsLockedWhileLoggedOnIsGoneSoon() throws Exception {
        SampleClient browser = loggedOn();
        change("update app_user set locked = true where name = ?", username);

        assertSoon(() -> browser.me().isEmpty());
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
        change("update app_user set locked = false where name = ?", username);
        assertThat(browser.me()).as("an ended session stays ended").isEmpty();
    }

    @Test
    void t83_aRoleTakenAwayOrGivenCountsSoon() throws Exception {
        SampleClient browser = loggedOn();
        String role = "insert into app_user_role (user_id, role) select id, 'admin' from app_user where name = ?";
        change(role, username);
        assertSoon(() -> browser.visit("admin/page").status() == 200);

        change("delete from app_user_role where user_id = (select id from app_user where name = ?)", username);
        assertSoon(() -> browser.visit("admin/page").status() == 403);
        assertThat(browser.visit("secret/page").status()).isEqualTo(403);
        assertThat(browser.me()).isEqualTo(username);
    }

    @Test
    void t117_deletingAPasskeyEndsTheAccountsOtherSessions() {
        String id = bindPasskey().text("id");
        SampleClient thief = sample.newBrowser();
        thief.logOn(device);
        SampleClient owner = sample.newBrowser();
        owner.logOn(device);

        assertThat(owner.change("passkey/passkeys/" + id + "/deletion", Map.of())
                        .status())
                .isEqualTo(204);

        assertSoon(() -> thief.me().isEmpty());
        assertThat(owner.me()).isEqualTo(username);
    }

    @Test
    void t29_t110_thePasskeyOfADeletedAccountIsNoKeyToItsHeir() throws Exception {
        bindPasskey();
        SampleClient former = loggedOn();
        String recreated = "insert into app_user (name, full_name, password_hash)"
                + " select ?, 'Heir', password_hash from app_user where name = 'user20'";
        change("delete from app_user where name = ?", username);
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(401);
        change(recreated, username);

        Answer before = sample.newBrowser().logOn(device);
        SampleClient heir = loggedOn();
        Answer after = sample.newBrowser().logOn(device);

        assertThat(List.of(before.status(), after.status())).containsOnly(401);
        assertThat(before.body()).isEqualTo(refusalOfAStranger());
        assertThat(heir.me()).isEqualTo(username);
        assertThat(heir.fetch("passkey/passkeys").body()).contains("\"passkeys\":[]");
        assertThat(heir.bind(SoftwareAuthenticator.synced(), "The heir's").status())
                .isEqualTo(201);
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(401);
        assertSoon(() -> former.me().isEmpty());
    }

    @Test
    void t29_t110_thePasskeyOfARenamedAccountLogsItOnUnderItsNewName() throws Exception {
        bindPasskey();
        SampleClient browser = loggedOn();
        change("update app_user set name = 'renamed' where name = ?", username);

        SampleClient other = sample.newBrowser();
        assertThat(other.logOn(device).status()).isEqualTo(200);
        assertThat(other.me()).isEqualTo("renamed");
        assertSoon(() -> browser.me().equals("renamed"));
    }

    @Test
    void t45_aProofThatIsTooOldProvesNothing() throws Exception {
        String id = bindPasskey().text("id");
        SampleClient browser = sample.newBrowser();
        browser.logOn(device);
        Thread.sleep(5_100);

        for (Answer answer : List.of(
                browser.bindingOptions("Other"),
                browser.change("passkey/passkeys/" + id + "/name", Map.of("name", "Renamed")),
                browser.change("passkey/passkeys/" + id + "/deletion", Map.of()))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("confirmation-required");
        }
        Answer form = browser.submit("passkey/passkeys/" + id + "/deletion", Map.of());
        assertThat(form.status()).isEqualTo(303);
        assertThat(form.location()).startsWith("/sample/passkey/confirm?return=");
        assertThat(browser.fetch("passkey/passkeys/" + id).text("name")).isEqualTo("Mine");

        assertThat(browser.confirm(device).status()).isEqualTo(200);
        assertThat(browser.fetch("passkey/passkeys/" + id).status())
                .as("the deletion is not replayed")
                .isEqualTo(200);
        assertThat(browser.change("passkey/passkeys/" + id + "/deletion", Map.of())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void t29_t38_passkeysSwitchedOffBetweenOptionsAndAnswerAreOff() throws Exception {
        bindPasskey();
        SampleClient visitor = sample.newBrowser();
        String assertion = visitor.assertion(device, visitor.options("logon").body());
        SampleClient owner = sample.newBrowser();
        owner.logOn(device);
        String registration = owner.registration(
                SoftwareAuthenticator.synced(), owner.bindingOptions("Other").body());
        change("update passkey_policy set allowed = false where id = ?", 1);
        try {
            for (Answer answer : List.of(
                    visitor.post("passkey/logon/assertion", assertion), owner.post("passkey/passkeys", registration))) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("passkeys-off");
            }
            assertThat(visitor.cookies()).doesNotContainKey("JSESSIONID");
            assertThat(owner.fetch("passkey/passkeys").body()).contains("Mine").doesNotContain("Other");
            assertThat(sample.newBrowser().logOn(username, "password").status())
                    .as("the password still does")
                    .isEqualTo(303);
        } finally {
            change("update passkey_policy set allowed = true where id = ?", 1);
            assertSoon(() -> sample.newBrowser().options("logon").status() == 200);
        }
    }

    @Test
    void t111_anotherSpellingThatTheTableTakesIsTheSameAccount() throws Exception {
        change("alter table app_user alter column name varchar_ignorecase(100)");
        try {
            SampleClient loose = sample.newBrowser();
            assertThat(loose.logOn(username.toUpperCase(java.util.Locale.ROOT), "password")
                            .status())
                    .isEqualTo(303);
            assertThat(loose.me()).isEqualTo(username);
            assertThat(loose.bind(device, "Mine").status()).isEqualTo(201);

            SampleClient other = sample.newBrowser();
            other.logOn("uSER" + username.substring(4), "password");
            assertThat(other.bindingOptions("Thief's").code()).isEqualTo("confirmation-required");
            SampleClient byPasskey = sample.newBrowser();
            Answer options = byPasskey.post(
                    "passkey/logon/options", "{\"username\":\"" + username.toUpperCase(java.util.Locale.ROOT) + "\"}");
            assertThat(byPasskey
                            .post("passkey/logon/assertion", byPasskey.assertion(device, options.body()))
                            .status())
                    .isEqualTo(200);
            assertThat(byPasskey.me()).isEqualTo(username);
        } finally {
            change("alter table app_user alter column name varchar(100)");
        }
    }

    private static String refusalOfAStranger() throws Exception {
        SoftwareAuthenticator stranger = SoftwareAuthenticator.synced();
        SampleClient browser = sample.newBrowser();
        stranger.create("""
                {"rp":{"id":"localhost","name":"x"},"user":{"id":"AAAA","name":"x","displayName":"x"},
                "challenge":"AAAA","pubKeyCredParams":[{"type":"public-key","alg":-7}],
                "authenticatorSelection":{"residentKey":"required","userVerification":"required"}}""", browser.origin());
        return browser.logOn(stranger).body();
    }

    private Answer bindPasskey() {
        Answer bound = loggedOn().bind(device, "Mine");
        assertThat(bound.status()).as(bound.body()).isEqualTo(201);
        return bound;
    }

    private SampleClient loggedOn() {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(username, "password").status()).isEqualTo(303);
        return browser;
    }

    private static void change(String sql, Object... values) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void assertSoon(BooleanSupplier fact) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!fact.getAsBoolean() && Instant.now().isBefore(end)) {
            sleep();
        }
        assertThat(fact.getAsBoolean()).isTrue();
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
