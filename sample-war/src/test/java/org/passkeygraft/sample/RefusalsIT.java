package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What was wrong is not said back, neither as data nor on a page: who looks over a shoulder must not read it. */
class RefusalsIT {
    private static final String WRONG = "My-other-passw0rd";
    private static final String RECOVERY = "ABCD-EFGH-JKMN-PQRS";
    private static final String ONE_TIME = "975310";

    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(
                RunningSample.options().withUsers(5).withParameter("passkey.policy.second-factor", "when-bound"));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void aPasswordIsNeverSaidBack() {
        Map<String, String> logon = Map.of("username", "user1", "password", WRONG);
        List<Answer> answers = new ArrayList<>(both(sample.newBrowser(), "passkey/logon/password", logon));
        answers.addAll(
                both(sample.newBrowser(), "j_security_check", Map.of("j_username", "user1", "j_password", WRONG)));
        answers.addAll(both(sample.newBrowser(), "passkey/reset", Map.of("pass", "A".repeat(43), "password", WRONG)));
        answers.addAll(both(loggedOn("user1"), "passkey/confirm/password", Map.of("password", WRONG)));
        answers.add(sample.newBrowser().visit("passkey/logon/password?password=" + WRONG));
        answers.add(sample.newBrowser().post("passkey/logon/options", "{\"password\": \"" + WRONG + "\", "));

        assertThat(answers).hasSize(10).allSatisfy(answer -> assertSilent(answer, WRONG));
    }

    @Test
    void aCodeIsNeverSaidBack() {
        SampleClient owner = loggedOn("user2");
        assertThat(owner.bind(SoftwareAuthenticator.synced(), "Phone").status()).isEqualTo(201);
        for (String code : List.of(RECOVERY, ONE_TIME)) {
            Map<String, String> typed = Map.of("code", code);
            SampleClient half = sample.newBrowser();
            half.logOn("user2", "password");
            List<Answer> answers = new ArrayList<>(both(half, "passkey/second-factor/code", typed));
            answers.addAll(both(owner, "passkey/confirm/code", typed));
            answers.addAll(both(owner, "passkey/backup/contact/code", typed));
            answers.addAll(both(sample.newBrowser(), "passkey/second-factor/code", typed));

            assertThat(answers).hasSize(8).allSatisfy(answer -> assertSilent(answer, code));
        }
    }

    @Test
    void neitherSignatureNorChallengeIsSaidBack() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        assertThat(loggedOn("user3").bind(device, "Phone").status()).isEqualTo(201);
        SampleClient browser = sample.newBrowser();
        Answer options = browser.options("logon");
        String lie = device.lying().signedByAnotherKey().get(options.body(), browser.origin());
        String signature = lie.replaceFirst("(?s).*\"signature\":\\s*\"([^\"]+)\".*", "$1");
        assertThat(signature).hasSizeBetween(80, 110);

        for (String sent : List.of(lie, lie.substring(1), lie.replace("\"signature\"", "\"sign\""))) {
            Answer refused = browser.post("passkey/logon/assertion", sent);
            assertSilent(refused, signature);
            assertSilent(refused, options.text("challenge"));
        }
    }

    /** As data, and as a page. */
    private static List<Answer> both(SampleClient browser, String path, Map<String, String> fields) {
        return List.of(browser.change(path, fields), browser.submit(path, fields));
    }

    private static void assertSilent(Answer answer, String secret) {
        assertThat(answer.status()).isNotEqualTo(200).isNotEqualTo(204).isNotEqualTo(503);
        assertThat(answer.body()).doesNotContain(secret);
        assertThat(answer.response().headers().map().toString()).doesNotContain(secret);
    }

    private static SampleClient loggedOn(String name) {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(name, "password").status()).isEqualTo(303);
        return browser;
    }
}
