package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Honest answers used where they do not belong: twice, elsewhere, for something else, by somebody else. */
class CeremonyAttacksIT {
    private static final AtomicInteger USERS = new AtomicInteger();

    private static RunningSample sample;

    private final String username = "user" + USERS.incrementAndGet();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(
                RunningSample.options().withUsers(60).withParameter("passkey.ceremony.timeout", "30s"));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void t30_aLogonIsAnsweredOnce() {
        bindPasskey();
        SampleClient browser = sample.newBrowser();
        String answer = browser.assertion(device, browser.options("logon").body());
        SampleClient thief = browser.copy();

        assertThat(browser.post("passkey/logon/assertion", answer).status()).isEqualTo(200);

        assertExpired(thief.post("passkey/logon/assertion", answer));
        assertThat(thief.me()).isEmpty();
    }

    @Test
    void t30_aRefusedAnswerBurnsItsCeremony() {
        bindPasskey();
        SampleClient browser = sample.newBrowser();
        String options = browser.options("logon").body();
        SoftwareAuthenticator stranger = SoftwareAuthenticator.synced();
        SampleClient elsewhere = loggedOn("bob", "bob");
        browser.registration(stranger, elsewhere.bindingOptions("Never sent").body());

        Answer refused = browser.post("passkey/logon/assertion", browser.assertion(stranger, options));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("authentication-failed");

        assertExpired(browser.post("passkey/logon/assertion", browser.assertion(device, options)));
    }

    @Test
    void t30_aRegistrationIsAnsweredOnce() {
        SampleClient browser = loggedOn(username, "password");
        String answer =
                browser.registration(device, browser.bindingOptions("Mine").body());
        SampleClient again = browser.copy();
        Answer bound = browser.post("passkey/passkeys", answer);
        assertThat(bound.status()).isEqualTo(201);
        browser.confirm(device);
        again.cookies().putAll(browser.cookies());

        assertExpired(again.post("passkey/passkeys", answer));
        browser.change("passkey/passkeys/" + bound.text("id") + "/deletion", Map.of());
        assertExpired(again.post("passkey/passkeys", answer));
        assertThat(names(browser)).isEmpty();
    }

    @Test
    void t32_t55_anAnswerCountsOnlyInTheBrowserThatAsked() {
        bindPasskey();
        SampleClient attacker = sample.newBrowser();
        String answer = attacker.assertion(device, attacker.options("logon").body());
        SampleClient victim = sample.newBrowser();

        assertExpired(victim.post("passkey/logon/assertion", answer));
        victim.options("logon");
        assertExpired(victim.post("passkey/logon/assertion", answer));
        assertThat(victim.cookies()).doesNotContainKey("JSESSIONID");
    }

    @Test
    void t32_aSealedCeremonyThatWasTamperedWithIsNone() {
        bindPasskey();
        SampleClient browser = sample.newBrowser();
        String answer = browser.assertion(device, browser.options("logon").body());
        Map.Entry<String, String> cookie =
                Map.copyOf(browser.cookies()).entrySet().iterator().next();
        String name = cookie.getKey();
        String token = cookie.getValue();
        List<String> forgeries = List.of(
                flipped(token, 0),
                flipped(token, token.length() / 2),
                flipped(token, token.length() - 1),
                token.substring(0, token.length() - 4),
                token + "AAAA",
                "A",
                "%00",
                "x".repeat(4000));
        for (String forgery : forgeries) {
            browser.cookies().put(name, forgery);
            assertExpired(browser.post("passkey/logon/assertion", answer));
        }
        browser.cookies().put(name, token);
        assertThat(browser.post("passkey/logon/assertion", answer).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"confirm,logon", "logon,confirm", "binding,logon", "binding,confirm"})
    void t33_aChallengeServesItsOwnKindOnly(String asked, String answered) {
        bindPasskey();
        SampleClient browser = loggedOn(username, "password");
        String challenge = asked.equals("binding")
                ? provenBy(device, browser).bindingOptions("Other").text("challenge")
                : browser.options(asked).text("challenge");
        Answer honest = browser.options(answered);
        String answer = browser.assertion(device, honest.body().replace(honest.text("challenge"), challenge));
        disguise(browser, asked, answered);

        assertExpired(browser.post("passkey/" + answered + "/assertion", answer));
    }

    @ParameterizedTest
    @CsvSource({"logon", "confirm"})
    void t33_aChallengeOfALogonBindsNothing(String asked) {
        bindPasskey();
        SampleClient browser = sample.newBrowser();
        browser.logOn(device);
        Answer honest = browser.bindingOptions("Other");
        String challenge = browser.options(asked).text("challenge");
        String answer = browser.registration(
                SoftwareAuthenticator.synced(), honest.body().replace(honest.text("challenge"), challenge));
        disguise(browser, asked, "binding");

        assertExpired(browser.post("passkey/passkeys", answer));
        assertThat(names(browser)).containsExactly("Mine");
    }

    @Test
    void t34_aPasskeyIsBoundToNobodyIfTheUserChangedMeanwhile() {
        SampleClient browser = loggedOn(username, "password");
        String answer =
                browser.registration(device, browser.bindingOptions("Mine").body());
        browser.submit("passkey/logout", Map.of());

        Answer loggedOff = browser.post("passkey/passkeys", answer);
        assertThat(loggedOff.status()).isEqualTo(401);
        assertThat(loggedOff.code()).isEqualTo("authentication-required");

        browser.logOn("alice", "alice");
        assertExpired(browser.post("passkey/passkeys", answer));
        assertThat(names(browser)).isEmpty();
        assertThat(names(loggedOn(username, "password"))).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "passkey.tests", matches = "full")
    void t35_anAnswerAfterTheTimeoutIsTooLate() throws Exception {
        bindPasskey();
        SampleClient browser = sample.newBrowser();
        String answer = browser.assertion(device, browser.options("logon").body());
        Thread.sleep(31_000);

        assertExpired(browser.post("passkey/logon/assertion", answer));
    }

    @Test
    void t20_t21_aConfirmationTakesTheCallersOwnPasskeyOnly() {
        bindPasskey();
        SampleClient browser = loggedOn(username, "password");
        SoftwareAuthenticator others = SoftwareAuthenticator.synced();
        SampleClient other = loggedOn("user50", "password");
        other.bind(others, "Theirs");
        Answer theirs = other.options("confirm");
        Answer mine = browser.options("confirm");

        Answer answer = browser.post(
                "passkey/confirm/assertion",
                browser.assertion(others, theirs.body().replace(theirs.text("challenge"), mine.text("challenge"))));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(browser.bindingOptions("Other").code()).isEqualTo("confirmation-required");
        other.change("passkey/passkeys/" + idOfFirst(other) + "/deletion", Map.of());
    }

    @Test
    void t15_anotherUsersCredentialIdIsRefusedLikeAnyBadAnswer() {
        bindPasskey();
        SampleClient other = loggedOn("user54", "password");
        SoftwareAuthenticator copying = SoftwareAuthenticator.synced();
        String copied = copying.lying()
                .withCredentialId(device.newest().id())
                .create(other.bindingOptions("Copy").body(), other.origin());
        String bad = copying.lying()
                .withOrigin("https://evil.example")
                .create(other.bindingOptions("Bad").body(), other.origin());

        assertSame(other.post("passkey/passkeys", copied), other.post("passkey/passkeys", bad));
        assertThat(names(other)).isEmpty();
        assertThat(names(loggedOn(username, "password"))).containsExactly("Mine");
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(200);
    }

    @Test
    void t45_t119_aPasswordProvesNothingOnceThereIsAPasskey() {
        String id = bindPasskey().text("id");
        SampleClient thief = loggedOn(username, "password");

        for (int attempt = 0; attempt < 2; attempt++) {
            for (Answer answer : List.of(
                    thief.bindingOptions("The thief's"),
                    thief.change("passkey/passkeys/" + id + "/name", Map.of("name", "Renamed")),
                    thief.change("passkey/passkeys/" + id + "/deletion", Map.of()))) {
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("confirmation-required");
                assertThat(answer.body()).contains("\"methods\":[\"passkey\"]");
            }
            assertThat(thief.change("passkey/confirm/password", Map.of("password", "password"))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(names(thief)).containsExactly("Mine");
    }

    @Test
    void t45_t119_aBindingBegunByPasswordEndsWithTheFirstPasskey() {
        SampleClient thief = loggedOn(username, "password");
        String prepared = thief.registration(
                SoftwareAuthenticator.synced(),
                thief.bindingOptions("The thief's").body());
        bindPasskey();

        Answer answer = thief.post("passkey/passkeys", prepared);

        assertThat(answer.code()).isEqualTo("confirmation-required");
        assertThat(names(thief)).containsExactly("Mine");
    }

    @Test
    void t46_aProofServesTheSessionItWasGivenIn() {
        bindPasskey();
        SampleClient prover = loggedOn(username, "password");
        SampleClient other = loggedOn(username, "password");
        String answer = prover.assertion(device, prover.options("confirm").body());
        SampleClient before = prover.copy();
        assertThat(prover.post("passkey/confirm/assertion", answer).status()).isEqualTo(200);

        assertThat(prover.bindingOptions("Other").status()).isEqualTo(200);
        assertThat(other.bindingOptions("Other").code()).isEqualTo("confirmation-required");
        assertThat(before.me()).as("the session's old id").isEmpty();
        other.cookies().putAll(withoutSession(before));
        assertExpired(other.post("passkey/confirm/assertion", answer));
        assertThat(other.bindingOptions("Other").code()).isEqualTo("confirmation-required");
    }

    @Test
    void t46_aConfirmationOfOneSessionsCeremonyByAnotherUserIsRefused() {
        bindPasskey();
        SampleClient mine = loggedOn(username, "password");
        String answer = mine.assertion(device, mine.options("confirm").body());
        SampleClient other = loggedOn("user51", "password");
        other.cookies().putAll(withoutSession(mine));

        assertExpired(other.post("passkey/confirm/assertion", answer));
        assertThat(other.me()).isEqualTo("user51");
    }

    @Test
    void t47_anotherUsersPasskeyIsLikeNone() {
        String foreign = bindPasskey().text("id");
        SampleClient attacker = loggedOn("user52", "password");
        attacker.bind(SoftwareAuthenticator.synced(), "Own");
        SoftwareAuthenticator own = SoftwareAuthenticator.synced();
        SampleClient second = loggedOn("user53", "password");
        second.bind(own, "Own");
        SampleClient proven = sample.newBrowser();
        proven.logOn(own);
        String unknown = "A".repeat(43);

        for (SampleClient browser : List.of(proven, attacker)) {
            assertSame(browser.fetch("passkey/passkeys/" + foreign), browser.fetch("passkey/passkeys/" + unknown));
            for (String action : List.of("/name", "/deletion")) {
                Map<String, String> fields = Map.of("name", "Stolen");
                assertSame(
                        browser.change("passkey/passkeys/" + foreign + action, fields),
                        browser.change("passkey/passkeys/" + unknown + action, fields));
                assertThat(browser.submit("passkey/passkeys/" + foreign + action, fields)
                                .status())
                        .isEqualTo(browser.submit("passkey/passkeys/" + unknown + action, fields)
                                .status());
            }
        }
        assertThat(proven.change("passkey/passkeys/" + foreign + "/deletion", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(names(loggedOn(username, "password"))).containsExactly("Mine");
    }

    @Test
    void t29_t112_aDeletedPasskeyIsRefusedAndTheDeviceIsTold() {
        bindPasskey();
        SampleClient browser = sample.newBrowser();
        browser.logOn(device);
        browser.change("passkey/passkeys/" + idOfFirst(browser) + "/deletion", Map.of());

        Answer refused = sample.newBrowser().logOn(device);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("authentication-failed");
        assertThat(refused.body()).contains("\"signal\":\"unknown-credential\"");
    }

    @Test
    void t101_t112_nothingOfOneInstallationMeansAnythingToAnother() throws Exception {
        bindPasskey();
        try (RunningSample other = RunningSample.start(RunningSample.options().withUsers(3))) {
            SampleClient there = other.newBrowser();
            Answer refused = there.logOn(device);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("authentication-failed");
            assertThat(refused.body()).doesNotContain("signal");

            SampleClient here = sample.newBrowser();
            here.logOn(device);
            here.options("logon");
            String target = sample.newBrowser().visit("secret/page").location();
            there.cookies().putAll(here.cookies());
            assertThat(there.me()).isEmpty();

            SampleClient carrier = other.newBrowser();
            Answer options = here.options("logon");
            carrier.cookies().putAll(withoutSession(here));
            assertExpired(carrier.post("passkey/logon/assertion", carrier.assertion(device, options.body())));

            String to = target.substring(target.indexOf("?to=") + 4);
            Answer logon = carrier.submit(
                    "passkey/logon/password", Map.of("username", "user1", "password", "password", "to", to));
            assertThat(logon.status()).isEqualTo(303);
            assertThat(carrier.submit("passkey/bind/later", Map.of("to", to)).location())
                    .isEqualTo("/sample/");
        }
        assertThat(sample.newBrowser().logOn(device).status())
                .as("here it works on")
                .isEqualTo(200);
    }

    private Answer bindPasskey() {
        Answer bound = loggedOn(username, "password").bind(device, "Mine");
        assertThat(bound.status()).isEqualTo(201);
        return bound;
    }

    private static SampleClient provenBy(SoftwareAuthenticator device, SampleClient browser) {
        assertThat(browser.confirm(device).status()).isEqualTo(200);
        return browser;
    }

    private static SampleClient loggedOn(String username, String password) {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(username, password).status()).isEqualTo(303);
        return browser;
    }

    private static void assertExpired(Answer answer) {
        Discretion.isKeptBy(answer);
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("ceremony-expired");
    }

    private static void assertSame(Answer one, Answer other) {
        assertThat(one.status()).isEqualTo(other.status()).isBetween(400, 404);
        assertThat(one.body()).isEqualTo(other.body());
    }

    /** Renames the cookies of one kind of ceremony to another kind, as whoever holds them can. */
    private static void disguise(SampleClient browser, String from, String to) {
        Map.copyOf(browser.cookies()).forEach((name, value) -> {
            if (name.contains("-" + label(from) + "-")) {
                browser.cookies().put(name.replace("-" + label(from) + "-", "-" + label(to) + "-"), value);
            }
        });
    }

    private static String label(String ceremony) {
        return ceremony.equals("confirm") ? "confirmation" : ceremony;
    }

    private static Map<String, String> withoutSession(SampleClient browser) {
        Map<String, String> cookies = new java.util.LinkedHashMap<>(browser.cookies());
        cookies.remove("JSESSIONID");
        return cookies;
    }

    private static String flipped(String token, int at) {
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    private static List<String> names(SampleClient browser) {
        return java.util.regex.Pattern.compile("\"name\":\"([^\"]*)\"")
                .matcher(browser.fetch("passkey/passkeys").body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String idOfFirst(SampleClient browser) {
        String body = browser.fetch("passkey/passkeys").body();
        int at = body.indexOf("\"id\":\"") + 6;
        return body.substring(at, body.indexOf('"', at));
    }
}
