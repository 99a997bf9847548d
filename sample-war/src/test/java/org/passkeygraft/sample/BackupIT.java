package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.MailServer;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TextGateway;

/** The packed jars send by a real mail server and a real gateway, and the pages lead there without a script. */
class BackupIT {
    private static final Pattern SIX_DIGITS = Pattern.compile("\\b[0-9]{6}\\b");

    private static MailServer mail;
    private static TextGateway gateway;
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        mail = MailServer.plain();
        gateway = TextGateway.plain();
        sample = RunningSample.start(RunningSample.options()
                .withUsers(20)
                .withParameter("passkey.policy.second-factor", "when-bound")
                .withParameter("passkey.smtp.host", "localhost")
                .withParameter("passkey.smtp.port", Integer.toString(mail.port()))
                .withParameter("passkey.smtp.tls", "none")
                .withParameter("passkey.smtp.from", "no-reply@example.org")
                .withParameter("passkey.sms.url", gateway.url().toString()));
    }

    @AfterAll
    static void stop() {
        sample.close();
        gateway.close();
        mail.close();
    }

    @Test
    void aContactByMailIsSetAndToldWhenItIsRemoved() throws Exception {
        SampleClient browser = loggedOn("user1");
        assertThat(browser.submit("passkey/backup/contact", Map.of("contact", "user1@example.org"))
                        .location())
                .isEqualTo("/sample/passkey/backup?notice=code-sent");
        assertThat(browser.visit("passkey/backup").body()).contains("u•••@example.org", "one-time-code");

        Answer refused = browser.submit("passkey/backup/contact/code", Map.of("code", "12345"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("This code is not right");
        Answer set = browser.submit(
                "passkey/backup/contact/code", Map.of("code", code(mail.next().text())));
        assertThat(set.location()).isEqualTo("/sample/passkey/backup?notice=contact-set");
        assertThat(browser.visit("passkey/backup").body())
                .contains("For notices only", "u•••@example.org")
                .doesNotContain("user1@example.org");

        assertThat(browser.submit("passkey/backup/contact/deletion", Map.of()).status())
                .isEqualTo(303);
        assertThat(mail.next().text()).contains("your contact was changed", "user1");
    }

    @Test
    void aContactByPhoneIsSetByData() throws Exception {
        SampleClient browser = proven("user2", SoftwareAuthenticator.synced());
        assertThat(browser.change("passkey/backup/contact", Map.of("contact", "+49 170 12345-42"))
                        .status())
                .isEqualTo(204);
        Answer set = browser.change(
                "passkey/backup/contact/code",
                Map.of("code", code(gateway.next().body())));

        assertThat(set.status()).isEqualTo(204);
        assertThat(browser.visit("passkey/backup").body()).contains("Codes go there from", "+49 ••• ••42");
    }

    @Test
    void aCodeForAContactIsNothingInAnotherSessionOfItsUser() throws Exception {
        SampleClient asking = loggedOn("user10");
        SampleClient another = loggedOn("user10");
        asking.change("passkey/backup/contact", Map.of("contact", "+49 170 99999-77"));
        Map<String, String> code = Map.of("code", code(gateway.next().body()));

        assertThat(another.change("passkey/backup/contact/code", code).status()).isEqualTo(401);
        assertThat(asking.change("passkey/backup/contact/code", code).status()).isEqualTo(204);
    }

    @Test
    void whatIsNoContactIsSaidAtTheField() {
        SampleClient browser = loggedOn("user3");
        Answer page = browser.submit("passkey/backup/contact", Map.of("contact", "0170 1234542"));

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.body()).contains("international form", "aria-invalid=\"true\"");
        assertThat(browser.change("passkey/backup/contact", Map.of("contact", "x"))
                        .code())
                .isEqualTo("invalid-contact");
    }

    @Test
    void aSixthCodeWithinTheHourIsNotSent() throws Exception {
        SampleClient browser = loggedOn("user4");
        for (int sent = 0; sent < 5; sent++) {
            assertThat(browser.change("passkey/backup/contact", Map.of("contact", "user4@example.org"))
                            .status())
                    .isEqualTo(204);
            mail.next();
        }

        Answer refused = browser.change("passkey/backup/contact", Map.of("contact", "user4@example.org"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("3600");
    }

    @Test
    void recoveryCodesAreShownOnceAndSavedAsAFile() {
        assertThat(loggedOn("user5").visit("passkey/backup").body()).doesNotContain("Make new codes");
        SampleClient browser = proven("user5", SoftwareAuthenticator.synced());
        Answer posted = browser.submit("passkey/backup/recovery-codes", Map.of());
        assertThat(posted.location()).isEqualTo("/sample/passkey/backup/recovery-codes");
        Answer made = browser.visit(posted.location());
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        Matcher codes = Pattern.compile("name=\"codes\" value=\"([^\"]+)\"").matcher(made.body());
        assertThat(codes.find()).isTrue();
        assertThat(codes.group(1).split("\n")).hasSize(10);

        Answer file = browser.submit("passkey/backup/recovery-codes/file", Map.of("codes", codes.group(1)));
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"recovery-codes.txt\"");
        assertThat(file.header("Content-Type")).startsWith("text/plain");
        assertThat(file.body()).contains(codes.group(1));
        assertThat(browser.visit("passkey/backup").body())
                .contains("Recovery codes left: 10")
                .doesNotContain(codes.group(1).substring(0, 19));
        assertThat(browser.visit("passkey/backup/recovery-codes").location())
                .as("they are shown once")
                .isEqualTo("/sample/passkey/backup");
        assertThat(browser.submit("passkey/backup/recovery-codes", Map.of()).location())
                .as("and replaced only on purpose")
                .isEqualTo("/sample/passkey/backup?ask=replace");
    }

    @Test
    void aFileIsMadeOfCodesAndNothingElse() {
        Answer refused = loggedOn("user6")
                .change("passkey/backup/recovery-codes/file", Map.of("codes", "<script>alert(1)</script>"));

        assertThat(refused.code()).isEqualTo("invalid-request");
    }

    @Test
    void whateverIsSentForAFileIsReadInNoTime() {
        SampleClient browser = loggedOn("user10");
        String twenty = String.join("\r\n", Collections.nCopies(20, "0123-4567-89AB-CDEF"));
        assertThat(browser.submit("passkey/backup/recovery-codes/file", Map.of("codes", twenty + "\r\n"))
                        .body())
                .contains("CDEF\n0123");

        for (String odd : List.of(
                twenty + "\r\n0123-4567-89AB-CDEF",
                "0".repeat(60_000) + "!",
                ("0".repeat(40) + " ").repeat(20) + "!",
                "0 ".repeat(30_000),
                "0" + " ".repeat(60_000) + "!")) {
            Answer refused = assertTimeout(
                    Duration.ofSeconds(5),
                    () -> browser.change("passkey/backup/recovery-codes/file", Map.of("codes", odd)));
            assertThat(refused.code()).isEqualTo("invalid-request");
        }
    }

    @Test
    void aLostDeviceIsReplacedByPasswordAndRecoveryCodes() {
        List<String> codes = recoveryCodes(proven("user7", SoftwareAuthenticator.synced()));

        SampleClient another = sample.newBrowser();
        assertThat(another.logOn("user7", "password").location()).startsWith("/sample/passkey/second-factor");
        assertThat(another.me()).as("a password alone").isEmpty();
        assertThat(another.visit("passkey/second-factor").body()).contains("Recovery code");
        assertThat(another.submit("passkey/second-factor/code", Map.of("code", "0000-0000-0000-0000"))
                        .status())
                .isEqualTo(401);
        assertThat(another.me()).isEmpty();
        assertThat(another.submit("passkey/second-factor/code", Map.of("code", codes.get(0)))
                        .status())
                .isEqualTo(303);
        assertThat(another.me()).isEqualTo("user7");

        // Logged on by password and code: proof enough to make another passkey.
        assertThat(another.bind(SoftwareAuthenticator.synced(), "New phone").status())
                .isEqualTo(201);
    }

    @Test
    void aCodeWithoutAPasswordIsNothing() {
        SampleClient browser = sample.newBrowser();
        List<String> codes = recoveryCodes(proven("user8", SoftwareAuthenticator.synced()));

        Answer refused = browser.change("passkey/second-factor/code", Map.of("code", codes.get(0)));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(browser.me()).isEmpty();
    }

    @Test
    void aPasswordAndARecoveryCodeConfirmAChange() {
        SampleClient browser = loggedOn("user9");
        List<String> codes = recoveryCodes(proven("user9", SoftwareAuthenticator.synced()));
        assertThat(browser.change("passkey/backup/recovery-codes", Map.of()).code())
                .isEqualTo("confirmation-required");
        assertThat(browser.change("passkey/confirm/code", Map.of("code", codes.get(1)))
                        .status())
                .as("the password of the logon is fresh")
                .isEqualTo(200);
        assertThat(recoveryCodes(browser)).hasSize(10);
    }

    private static List<String> recoveryCodes(SampleClient browser) {
        Matcher codes = Pattern.compile("\"codes\":\\[\"([^]]+)\"]")
                .matcher(browser.change("passkey/backup/recovery-codes", Map.of())
                        .body());
        assertThat(codes.find()).isTrue();
        return List.of(codes.group(1).split("\",\""));
    }

    @Test
    void nobodySetsABackupWithoutALogon() {
        assertThat(sample.newBrowser().visit("passkey/backup").location()).startsWith("/sample/passkey/logon?to=");
        assertThat(sample.newBrowser()
                        .change("passkey/backup/recovery-codes", Map.of())
                        .code())
                .isEqualTo("authentication-required");
    }

    private static SampleClient loggedOn(String name) {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(name, "password").status()).isEqualTo(303);
        return browser;
    }

    /** Logged on with a passkey that was just bound and shown. */
    private static SampleClient proven(String name, SoftwareAuthenticator device) {
        SampleClient browser = loggedOn(name);
        assertThat(browser.bind(device, "Phone").status()).isEqualTo(201);
        browser.confirm(device);
        return browser;
    }

    /** The code in a message, as its reader finds it. */
    static String code(String text) {
        Matcher code = SIX_DIGITS.matcher(text.substring(text.indexOf("\r\n\r\n") + 1));
        assertThat(code.find()).isTrue();
        return code.group();
    }
}
