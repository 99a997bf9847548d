package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** The second factor as clients meet it, and the ways around it that there must not be. */
class SecondFactorIT {
    private static final String PASSWORD = "password";
    private static final String PAGE = "/sample/passkey/second-factor";
    private static final String KEY = "{\"name\":\"Key\",\"use\":\"second-factor\"}";
    private static final AtomicInteger USERS = new AtomicInteger();

    private static RunningSample sample;

    private final String username = "user" + USERS.incrementAndGet();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options()
                .withUsers(30)
                .withParameter("passkey.policy.second-factor", "when-bound")
                .withParameter("passkey.http.basic", "on"));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void t40_halfALogonIsNobodyAnywhere() {
        SampleClient browser = halfLoggedOn();

        assertThat(browser.cookies()).doesNotContainKey("JSESSIONID");
        assertThat(browser.me()).isEmpty();
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
        assertThat(browser.fetch("passkey/passkeys").status()).isEqualTo(401);
        assertThat(browser.visit("passkey/security").location()).startsWith("/sample/passkey/logon");
        assertThat(browser.bindingOptions("Mine").status()).isEqualTo(401);
        assertThat(browser.visit("passkey/second-factor").body()).contains(username, "data-passkey-second-factor");
    }

    @Test
    void thePasskeyLeadsToWhereTheLogonBegan() {
        bind();
        SampleClient browser = sample.newBrowser();
        String logon = browser.visit("secret/page").location();
        String to = logon.substring(logon.indexOf("to=") + 3);
        Answer half =
                browser.submit("passkey/logon/password", Map.of("username", username, "password", PASSWORD, "to", to));
        assertThat(half.location()).isEqualTo(PAGE + "?to=" + to);

        Answer options = browser.options("second-factor");
        assertThat(options.body()).contains(device.newest().id().base64url(), "\"userVerification\":\"discouraged\"");
        Answer whole =
                browser.post("passkey/second-factor/assertion?to=" + to, browser.assertion(device, options.body()));

        assertThat(whole.text("location")).isEqualTo("/sample/secret/page");
        assertThat(browser.me()).isEqualTo(username);
        assertThat(browser.cookies().keySet()).noneMatch(name -> name.contains("passed"));
        assertThat(browser.visit("passkey/second-factor").location()).isEqualTo("/sample/");
    }

    @Test
    void aTabThatIsTooLateDoesNotEndTheSessionThatAnotherBegan() {
        bind();
        SampleClient browser = halfLoggedOnAgain();
        second(browser);

        assertThat(browser.options("second-factor").code()).isEqualTo("authentication-required");

        assertThat(browser.me()).isEqualTo(username);
    }

    @Test
    void t56_anAnonymousSessionKeepsItsContentButNotItsIdAndNotBeforeTheLastFactor() {
        bind();
        SampleClient browser = sample.newBrowser();
        browser.visit("login.jsp");
        String anonymous = browser.cookies().get("JSESSIONID");
        browser.logOn(username, PASSWORD);
        assertThat(browser.cookies().get("JSESSIONID")).isEqualTo(anonymous);

        assertThat(second(browser).status()).isEqualTo(200);

        assertThat(browser.cookies().get("JSESSIONID")).isNotNull().isNotEqualTo(anonymous);
    }

    @Test
    void theSessionOfAnotherLivesUntilTheLastFactor() {
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        bind();

        browser.logOn(username, PASSWORD);
        assertThat(browser.me()).isEqualTo("bob");
        second(browser);
        assertThat(browser.me()).isEqualTo(username);
    }

    @Test
    void t41_theSecondFactorAloneIsNothing() {
        bind();
        SampleClient right = halfLoggedOnAgain();
        String answer = right.assertion(device, right.options("second-factor").body());
        SampleClient fresh = sample.newBrowser();

        Answer alone = fresh.post("passkey/second-factor/assertion", answer);

        assertThat(alone.status()).isEqualTo(401);
        assertThat(alone.code()).isEqualTo("authentication-required");
        assertThat(fresh.options("second-factor").code()).isEqualTo("authentication-required");
        assertThat(fresh.post("passkey/second-factor/binding/options", "{\"name\":\"x\"}")
                        .code())
                .isEqualTo("authentication-required");
        assertThat(fresh.visit("passkey/second-factor").location()).isEqualTo("/sample/passkey/logon");
    }

    @Test
    void t41_thePasswordAgainMakesOlderOptionsWorthless() {
        bind();
        SampleClient browser = halfLoggedOnAgain();
        String answer =
                browser.assertion(device, browser.options("second-factor").body());
        browser.logOn(username, PASSWORD);

        Answer refused = browser.post("passkey/second-factor/assertion", answer);

        assertThat(refused.code()).isEqualTo("ceremony-expired");
        assertThat(browser.me()).isEmpty();
        assertThat(second(browser).status()).isEqualTo(200);
    }

    @Test
    void t41_halfALogonBindsNoPasskey() {
        SampleClient browser = halfLoggedOn();

        assertThat(browser.post("passkey/second-factor/binding/options", "{\"name\":\"Thief's\"}")
                        .code())
                .isEqualTo("confirmation-required");
    }

    @Test
    void t21_anotherUsersPasskeyIsRefused() {
        SoftwareAuthenticator strangers = SoftwareAuthenticator.synced();
        SampleClient bob = sample.newBrowser();
        bob.logOn("alice", "alice");
        bob.bind(strangers, "Alice's");
        SampleClient browser = halfLoggedOn();
        String options = browser.options("second-factor")
                .body()
                .replace(
                        device.newest().id().base64url(),
                        strangers.newest().id().base64url());

        Answer refused = browser.post("passkey/second-factor/assertion", browser.assertion(strangers, options));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(browser.me()).isEmpty();
    }

    @Test
    void t42_cancellingLeadsBackAndLogsNobodyOn() {
        SampleClient browser = halfLoggedOn();
        String answer =
                browser.assertion(device, browser.options("second-factor").body());

        assertThat(browser.visit("passkey/second-factor/cancel").status()).isEqualTo(405);
        assertThat(browser.submit("passkey/second-factor/cancel", Map.of()).location())
                .isEqualTo("/sample/passkey/logon");

        assertThat(browser.me()).isEmpty();
        assertThat(browser.post("passkey/second-factor/assertion", answer).status())
                .isEqualTo(401);
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
    }

    @Test
    void t42_thePasswordPostedPastOurPageIsHalfALogonToo() {
        bind();
        SampleClient browser = sample.newBrowser();

        Answer half = browser.submit("j_security_check", Map.of("j_username", username, "j_password", PASSWORD));

        assertThat(half.status()).isEqualTo(303);
        assertThat(half.location()).isEqualTo(PAGE);
        assertThat(browser.me()).isEmpty();
        assertThat(browser.cookies()).doesNotContainKey("JSESSIONID");
    }

    @Test
    void t42_whatIsLeftOutOfARequestIsNotForgiven() {
        SampleClient browser = halfLoggedOn();

        assertThat(browser.post("passkey/second-factor/assertion", "{}").status())
                .isEqualTo(400);
        assertThat(browser.post("passkey/second-factor/assertion?to=x", "null").status())
                .isEqualTo(400);
        assertThat(browser.change("passkey/second-factor/password", Map.of("password", PASSWORD))
                        .code())
                .isEqualTo("authentication-required");
        assertThat(browser.change("passkey/confirm/password", Map.of("password", PASSWORD))
                        .status())
                .isEqualTo(401);
        assertThat(browser.me()).isEmpty();
    }

    @Test
    void t43_whoNeedsAPasskeyAndHasNoneGetsTheBindingPageOnly() throws Exception {
        policy("second_factor = 'required'");
        try {
            SampleClient browser = sample.newBrowser();
            assertThat(browser.logOn(username, PASSWORD).location()).isEqualTo(PAGE);
            assertThat(browser.visit("secret/page").status()).isEqualTo(302);
            assertThat(browser.visit("passkey/second-factor").body()).contains("data-passkey-bind");
            assertThat(browser.options("second-factor").status()).isEqualTo(401);

            Answer options = browser.post("passkey/second-factor/binding/options", KEY);
            Answer whole = browser.post("passkey/second-factor/binding", browser.registration(device, options.body()));

            assertThat(whole.text("location")).isEqualTo("/sample/");
            assertThat(browser.me()).isEqualTo(username);
            assertThat(browser.fetch("passkey/passkeys").body()).contains("\"use\":\"second-factor\"");
        } finally {
            policy("second_factor = 'when-bound'");
        }
    }

    @Test
    void t44_whereThePasskeyIsDemandedARightPasswordIsAWrongOne() throws Exception {
        bind();
        policy("password_rule = 'while-no-passkey'");
        try {
            for (String password : new String[] {PASSWORD, "wrong"}) {
                Answer json = sample.newBrowser()
                        .change("passkey/logon/password", Map.of("username", username, "password", password));
                assertThat(json.status()).isEqualTo(401);
                assertThat(json.code()).isEqualTo("authentication-failed");
                assertThat(sample.newBrowser()
                                .submit("j_security_check", Map.of("j_username", username, "j_password", password))
                                .location())
                        .contains("/passkey/logon");
                SampleClient basic = sample.newBrowser();
                HttpRequest.Builder request =
                        basic.request("api/me").header("Authorization", basic(username, password));
                assertThat(basic.send(request).status()).isEqualTo(401);
            }
            assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(200);
        } finally {
            policy("password_rule = 'allowed'");
        }
    }

    @Test
    void aUserOfOlderKeysOnlyConfirmsByPasswordAndKey() {
        SampleClient browser = sample.newBrowser();
        browser.logOn(username, PASSWORD);
        Answer options = browser.post("passkey/passkeys/options", KEY);
        assertThat(browser.post("passkey/passkeys", browser.registration(device, options.body()))
                        .status())
                .isEqualTo(201);

        assertThat(browser.bindingOptions("Other").body()).contains("\"methods\":[\"password+security-key\"]");
        Answer first = browser.change("passkey/confirm/password", Map.of("password", PASSWORD, "return", "create"));
        assertThat(first.text("location")).isEqualTo("/sample/passkey/confirm?for=own&return=create");
        assertThat(browser.bindingOptions("Other").code()).as("half of it").isEqualTo("confirmation-required");
        assertThat(browser.visit("passkey/confirm").body())
                .doesNotContain("type=\"password\"")
                .contains("data-passkey-confirmation");
        assertThat(browser.confirm(device).status()).isEqualTo(200);
        assertThat(browser.bindingOptions("Other").status()).isEqualTo(200);
    }

    private SampleClient halfLoggedOn() {
        bind();
        return halfLoggedOnAgain();
    }

    private SampleClient halfLoggedOnAgain() {
        SampleClient browser = sample.newBrowser();
        Answer half = browser.logOn(username, PASSWORD);
        assertThat(half.status()).isEqualTo(303);
        assertThat(half.location()).isEqualTo(PAGE);
        return browser;
    }

    private Answer second(SampleClient browser) {
        return browser.post(
                "passkey/second-factor/assertion",
                browser.assertion(device, browser.options("second-factor").body()));
    }

    private void bind() {
        SampleClient owner = sample.newBrowser();
        owner.logOn(username, PASSWORD);
        assertThat(owner.bind(device, "Mine").status()).isEqualTo(201);
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static void policy(String change) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update passkey_policy set " + change + " where id = 1")) {
            statement.executeUpdate();
        }
    }
}
