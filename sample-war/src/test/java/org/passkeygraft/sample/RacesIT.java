package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TestSize;

/** What only one of many may do, tried by all of them in the same moment. */
class RacesIT {
    private static final int CROWD = 50;
    private static final int BROWSERS = 12;
    private static final int LIMIT = 5;

    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(10));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void t31_aLogonAnsweredFiftyTimesAtOnceSucceedsOnce() {
        SoftwareAuthenticator device = ownerOfAPasskey("user1");
        for (int round = 0; round < TestSize.of(3, 50); round++) {
            SampleClient browser = sample.newBrowser();
            String answer = browser.assertion(device, browser.options("logon").body());

            List<Answer> answers = AtOnce.run(CROWD, i -> browser.copy().post("passkey/logon/assertion", answer));

            assertOneWins(answers, 200, "ceremony-expired");
        }
    }

    @Test
    void t31_aRegistrationAnsweredFiftyTimesAtOnceBindsOnce() {
        SampleClient browser = sample.newBrowser();
        browser.logOn("user2", "password");
        String answer = browser.registration(
                SoftwareAuthenticator.synced(), browser.bindingOptions("Mine").body());

        List<Answer> answers = AtOnce.run(CROWD, i -> browser.copy().post("passkey/passkeys", answer));

        assertThat(statuses(answers)).containsOnlyOnce(201);
        assertThat(answers).allSatisfy(Discretion::isKeptBy);
        assertThat(passkeys(browser)).isEqualTo(1);
    }

    /** What is refused here came too late, by the counter or by the row that another logon held. */
    @Test
    void t96_ofTwoLogonsAtOnceTheCounterNeverGoesBack() {
        SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
        SampleClient owner = sample.newBrowser();
        owner.logOn("user8", "password");
        assertThat(owner.bind(device, "Key").status()).isEqualTo(201);
        for (int round = 0; round < TestSize.of(10, 200); round++) {
            List<SampleClient> browsers = List.of(sample.newBrowser(), sample.newBrowser());
            List<String> answers = browsers.stream()
                    .map(browser ->
                            browser.assertion(device, browser.options("logon").body()))
                    .toList();
            SampleClient late = sample.newBrowser();
            String stale = device.lying()
                    .withCounter(2 * round + 2)
                    .get(late.options("logon").body(), late.origin());

            List<Answer> outcomes = AtOnce.run(2, i -> browsers.get(i).post("passkey/logon/assertion", answers.get(i)));

            assertThat(statuses(outcomes)).contains(200).allMatch(status -> status == 200 || status == 401);
            assertThat(late.post("passkey/logon/assertion", stale).code()).isEqualTo("authentication-failed");
        }
    }

    @Test
    void t46_aConfirmationAnsweredFiftyTimesAtOnceProvesOnce() {
        SoftwareAuthenticator device = ownerOfAPasskey("user3");
        SampleClient browser = sample.newBrowser();
        browser.logOn("user3", "password");
        String answer = browser.assertion(device, browser.options("confirm").body());

        List<Answer> answers = AtOnce.run(CROWD, i -> browser.copy().post("passkey/confirm/assertion", answer));

        assertThat(statuses(answers)).containsOnlyOnce(200);
        assertThat(answers).allSatisfy(Discretion::isKeptBy);
    }

    @Test
    void t48_twelveBrowsersAtOnceNeverBindMoreThanFive() {
        SoftwareAuthenticator device = ownerOfAPasskey("user4");
        List<SampleClient> browsers = loggedOnBy(device);
        List<String> answers = browsers.stream()
                .map(browser -> browser.registration(
                        SoftwareAuthenticator.synced(),
                        browser.bindingOptions("Number " + browsers.indexOf(browser))
                                .body()))
                .toList();

        List<Answer> outcomes = AtOnce.run(BROWSERS, i -> browsers.get(i).post("passkey/passkeys", answers.get(i)));

        assertThat(Collections.frequency(statuses(outcomes), 201)).isEqualTo(LIMIT - 1);
        assertThat(outcomes.stream().filter(outcome -> outcome.status() != 201))
                .allSatisfy(outcome -> assertThat(outcome.code()).isEqualTo("limit-reached"));
        assertThat(passkeys(browsers.get(0))).isEqualTo(LIMIT);
    }

    @Test
    void t49_oneNameWantedByTwelveAtOnceIsGivenOnce() {
        SoftwareAuthenticator device = ownerOfAPasskey("user5");
        List<SampleClient> browsers = loggedOnBy(device);
        List<String> spellings = List.of("Key", "key", " KEY ", "\u212aey", "K\u200dey", "kEY");
        List<String> answers = browsers.stream()
                .map(browser -> browser.registration(
                        SoftwareAuthenticator.synced(),
                        browser.bindingOptions(spellings.get(browsers.indexOf(browser) % spellings.size()))
                                .body()))
                .toList();

        List<Answer> outcomes = AtOnce.run(BROWSERS, i -> browsers.get(i).post("passkey/passkeys", answers.get(i)));

        assertOneWins(outcomes, 201, "name-taken");
        assertThat(passkeys(browsers.get(0))).isEqualTo(2);
    }

    @Test
    void oneOfTwelveDeletionsAtOnceDeletes() {
        SoftwareAuthenticator device = ownerOfAPasskey("user6");
        List<SampleClient> browsers = loggedOnBy(device);
        String id = browsers.get(0).bind(SoftwareAuthenticator.synced(), "Old").text("id");

        List<Answer> outcomes =
                AtOnce.run(BROWSERS, i -> browsers.get(i).change("passkey/passkeys/" + id + "/deletion", Map.of()));

        // The deletion ends the account's other sessions; who came before that finds nothing to delete any more.
        assertOneWins(outcomes, 204, "not-found", "authentication-required");
    }

    @Test
    void anAccountThatTwelveBrowsersTouchFirstGetsOneUserHandle() {
        List<SampleClient> browsers = IntStream.range(0, BROWSERS)
                .mapToObj(i -> {
                    SampleClient browser = sample.newBrowser();
                    browser.logOn("user7", "password");
                    return browser;
                })
                .toList();

        List<Answer> outcomes = AtOnce.run(BROWSERS, i -> browsers.get(i).bindingOptions("Mine"));

        assertThat(statuses(outcomes)).containsOnly(200);
        assertThat(outcomes.stream().map(RacesIT::userHandle).distinct()).hasSize(1);
    }

    private static String userHandle(Answer options) {
        try {
            return options.json().requireObject("user").requireText("id");
        } catch (org.passkeygraft.json.JsonException missing) {
            throw new AssertionError(options.body(), missing);
        }
    }

    private static SoftwareAuthenticator ownerOfAPasskey(String username) {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient browser = sample.newBrowser();
        browser.logOn(username, "password");
        assertThat(browser.bind(device, "First").status()).isEqualTo(201);
        return device;
    }

    private static List<SampleClient> loggedOnBy(SoftwareAuthenticator device) {
        return IntStream.range(0, BROWSERS)
                .mapToObj(i -> {
                    SampleClient browser = sample.newBrowser();
                    assertThat(browser.logOn(device).status()).isEqualTo(200);
                    return browser;
                })
                .toList();
    }

    private static void assertOneWins(List<Answer> answers, int success, String... refusals) {
        assertThat(statuses(answers)).containsOnlyOnce(success);
        assertThat(answers.stream().filter(answer -> answer.status() != success))
                .allSatisfy(answer -> assertThat(answer.code()).isIn((Object[]) refusals));
    }

    private static List<Integer> statuses(List<Answer> answers) {
        return answers.stream().map(Answer::status).toList();
    }

    private static int passkeys(SampleClient browser) {
        return browser.fetch("passkey/passkeys").body().split("\"credentialId\"", -1).length - 1;
    }
}
