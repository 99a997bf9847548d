package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.json.Json;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Logging on and off against the running sample, over real sockets. */
class LogonIT {
    private static final String FORM = "application/x-www-form-urlencoded";

    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(40));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void anAnonymousVisitorIsLedToTheLogonPageAndBack() {
        SampleClient browser = sample.newBrowser();
        Answer challenge = browser.visit("secret/page?a=1&b=%20x");
        assertThat(challenge.status()).isEqualTo(302);
        assertThat(challenge.location()).startsWith("/sample/passkey/logon?to=");
        assertThat(challenge.header("Cache-Control")).isEqualTo("no-store");

        String target = challenge.location().substring(challenge.location().indexOf("?to=") + 4);
        assertThat(browser.visit("passkey/logon?to=" + target).body()).contains(target);
        Answer logon = browser.submit(
                "passkey/logon/password", Map.of("username", "user1", "password", "password", "to", target));
        assertThat(logon.status()).isEqualTo(303);
        assertThat(logon.location()).startsWith("/sample/passkey/bind?to=");
        Answer later = browser.submit("passkey/bind/later", Map.of("to", target));
        assertThat(later.location()).isEqualTo("/sample/secret/page?a=1&b=%20x");
        assertThat(browser.visit("secret/page").body()).contains("SECRET");
    }

    @Test
    void whoCannotUseAPageGetsAProblemBodyAndNeverHtml() {
        for (String path : List.of("secret/page", "admin/page", "api/me")) {
            Answer answer = sample.newBrowser().fetch(path);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("<html");
        }
        Answer challenge = sample.newBrowser().fetch("secret/page");
        assertThat(challenge.code()).isEqualTo("authentication-required");
        assertThat(challenge.header("WWW-Authenticate")).isEqualTo("Passkey");
    }

    @Test
    void t58_aFormMetByAnExpiredLogonIsExplainedAndNotReplayed() {
        SampleClient browser = sample.newBrowser();
        Answer answer = browser.send(browser.request("secret/page")
                .header("Sec-Fetch-Mode", "navigate")
                .POST(HttpRequest.BodyPublishers.ofString("amount=1000")));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/sample/passkey/logon?notice=expired");
    }

    @Test
    void aPasskeyLogsOnWithoutANameAndBringsTheRolesOfTheApplicationsTables() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient first = sample.newBrowser();
        first.logOn("alice", "alice");
        Answer bound = first.bind(device, "My phone");
        assertThat(bound.status()).isEqualTo(201);
        assertThat(bound.location()).isEqualTo("/sample/passkey/passkeys/" + bound.text("id"));
        assertThat(first.fetch("passkey/passkeys/" + bound.text("id")).text("name"))
                .isEqualTo("My phone");

        SampleClient browser = sample.newBrowser();
        Answer logon = browser.logOn(device);
        assertThat(logon.status()).isEqualTo(200);
        assertThat(logon.text("location")).isEqualTo("/sample/");
        assertThat(browser.me()).isEqualTo("alice");
        assertThat(browser.visit("secret/page").body()).contains("SECRET");
        assertThat(browser.visit("admin/page").status()).isEqualTo(200);
        assertThat(browser.cookies().keySet()).containsExactly("JSESSIONID");
    }

    @Test
    void t87_theApplicationsOwnLogoutEndsTheLogon() {
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        SampleClient thief = browser.copy();
        assertThat(browser.me()).isEqualTo("bob");
        browser.visit("logout");
        assertThat(browser.me()).isEmpty();
        assertThat(thief.me()).as("t87: the old cookie is nobody's").isEmpty();
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
    }

    @Test
    void t87_ourLogoutEndsTheLogonToo() {
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        Answer answer = browser.submit("passkey/logout", Map.of());
        assertThat(answer.status()).isEqualTo(303);
        assertThat(browser.me()).isEmpty();
    }

    @Test
    void theApplicationMayAskForALogonItself() {
        SampleClient browser = sample.newBrowser();
        Answer challenge = browser.visit("login");
        assertThat(challenge.status()).isEqualTo(302);
        assertThat(challenge.location()).startsWith("/sample/passkey/logon?to=");
        browser.logOn("bob", "bob");
        assertThat(browser.visit("login").status()).isBetween(200, 303);
    }

    @Test
    void t56_theSessionIdChangesAtLogon() {
        SampleClient browser = sample.newBrowser();
        browser.cookies().put("JSESSIONID", "chosen-by-an-attacker");
        browser.logOn("bob", "bob");
        String first = browser.cookies().get("JSESSIONID");
        assertThat(first).isNotNull().isNotEqualTo("chosen-by-an-attacker");
        browser.logOn("bob", "bob");
        assertThat(browser.cookies().get("JSESSIONID")).isNotEqualTo(first);
    }

    @Test
    void t82_aSessionCopiedBeforeTheLogonIsNobodysAfterIt() {
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        SampleClient thief = browser.copy();
        browser.logOn("bob", "bob");
        assertThat(browser.me()).isEqualTo("bob");
        assertThat(thief.me()).isEmpty();
        assertThat(thief.visit("secret/page").status()).isEqualTo(302);
    }

    @Test
    void t116_anotherCallersSessionIsNotInherited() {
        SampleClient browser = sample.newBrowser();
        browser.logOn("alice", "alice");
        SampleClient alices = browser.copy();
        browser.logOn("bob", "bob");
        assertThat(browser.me()).isEqualTo("bob");
        assertThat(alices.me()).isEmpty();
    }

    @Test
    void aLockedAccountGetsTheSameRefusalAsAWrongPassword() {
        Answer locked = sample.newBrowser().logOn("carol", "carol");
        Answer wrong = sample.newBrowser().logOn("carol", "wrong");
        Answer unknown = sample.newBrowser().logOn("carox", "wrong");
        assertThat(List.of(locked.status(), wrong.status(), unknown.status())).containsOnly(401);
        assertThat(withoutSealedName(locked)).isEqualTo(withoutSealedName(wrong));
        assertThat(withoutSealedName(unknown).replace("carox", "carol")).isEqualTo(withoutSealedName(wrong));
        assertThat(locked.body()).hasSameSizeAs(wrong.body()).hasSameSizeAs(unknown.body());
    }

    /** The typed name is sealed anew for every address. */
    private static String withoutSealedName(Answer page) {
        return page.body().replaceAll("[?;&]name=[A-Za-z0-9_-]+", "");
    }

    @Test
    void t61_optionsTellNothingAboutANameThatWasTyped() {
        Answer known = typed("alice");
        Answer unknown = typed("alicf");
        assertThat(strip(known)).isEqualTo(strip(unknown));
        assertThat(known.body()).hasSameSizeAs(unknown.body());
        assertThat(known.header("Set-Cookie")).hasSameSizeAs(unknown.header("Set-Cookie"));
    }

    @Test
    void t39_noChallengeIsRepeated() {
        SampleClient browser = sample.newBrowser();
        List<String> challenges = java.util.stream.Stream.generate(
                        () -> browser.options("logon").text("challenge"))
                .limit(300)
                .toList();
        assertThat(challenges).doesNotHaveDuplicates().allMatch(challenge -> challenge.length() == 43);
    }

    @Test
    void aPasskeyOfAnotherAccountThanTheOneTypedIsToldApart() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient owner = sample.newBrowser();
        owner.logOn("user2", "password");
        owner.bind(device, "Mine");
        SampleClient browser = sample.newBrowser();
        for (String typed : List.of("bob", "nobody-at-all")) {
            Answer options = browser.post("passkey/logon/options", Json.write(Map.of("username", typed)));
            Answer answer = browser.post("passkey/logon/assertion", browser.assertion(device, options.body()));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("wrong-account");
            assertThat(browser.me()).isEmpty();
        }
        Answer options = browser.post("passkey/logon/options", Json.write(Map.of("username", "user2")));
        browser.post("passkey/logon/assertion", browser.assertion(device, options.body()));
        assertThat(browser.me()).isEqualTo("user2");
    }

    @Test
    void t35_atMostFourCeremoniesOfAKindArePendingInABrowser() {
        SampleClient browser = sample.newBrowser();
        List<Answer> options = java.util.stream.Stream.generate(() -> browser.options("logon"))
                .limit(50)
                .toList();
        assertThat(browser.cookies()).hasSize(4);
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient owner = sample.newBrowser();
        owner.logOn("user3", "password");
        owner.bind(device, "Mine");
        Answer first = browser.post(
                "passkey/logon/assertion",
                browser.assertion(device, options.get(0).body()));
        assertThat(first.status()).isEqualTo(409);
        assertThat(first.code()).isEqualTo("ceremony-expired");
        Answer fourthLast = browser.post(
                "passkey/logon/assertion",
                browser.assertion(device, options.get(46).body()));
        assertThat(fourthLast.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https:evil.example",
                "/%09/evil.example",
                "/x%0d%0aSet-Cookie:a=b",
                "javascript:alert(1)",
                "@evil.example",
                "/../../evil",
                "rubbish"
            })
    void t57_onlyATargetSealedByUsIsFollowed(String target) {
        SampleClient browser = sample.newBrowser();
        Answer answer = browser.submit(
                "passkey/logon/password", Map.of("username", "user4", "password", "password", "to", target));
        String encoded = answer.location();
        assertThat(encoded).startsWith("/sample/").doesNotContain("\\", "//");
        Answer later = browser.submit("passkey/bind/later", Map.of("to", target));
        assertThat(later.location()).isEqualTo("/sample/");
    }

    @Test
    void t64_noHeaderOfTheRequestMovesTheRelyingParty() {
        SampleClient browser = sample.newBrowser();
        Answer answer = browser.send(browser.request("passkey/logon/options")
                .header("Content-Type", "application/json")
                .header("Origin", browser.origin())
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "host=evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.text("rpId")).isEqualTo("localhost");
    }

    @Test
    void t53_t60_everyAnswerCarriesTheHeadersThatProtectIt() {
        for (Answer answer : List.of(
                sample.newBrowser().visit("passkey/logon"),
                sample.newBrowser().options("logon"),
                sample.newBrowser().logOn("alice", "wrong"),
                sample.newBrowser().visit("passkey/security"))) {
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("frame-ancestors 'none'", "script-src 'self'", "default-src 'none'");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Vary")).isEqualTo("Cookie");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Permissions-Policy")).contains("publickey-credentials-get=(self)");
        }
    }

    @Test
    void t54_nothingIsChangedOnBehalfOfAnotherSite() {
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        for (String[] headers : new String[][] {
            {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
            {"Sec-Fetch-Site", "same-site", "Origin", "https://sibling.localhost"},
            {"Sec-Fetch-Site", "same-site", "Origin", "null"},
            {"Sec-Fetch-Site", "same-site"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Origin", browser.origin() + ".evil.example"},
            {"Referer", "https://evil.example/" + browser.origin()},
            {"Accept", "text/html"}
        }) {
            Answer answer = browser.send(browser.request("passkey/logout")
                    .headers(headers)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(browser.me()).isEqualTo("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", ""})
    void t68_onlyJsonInUtf8IsReadAsJson(String contentType) {
        SampleClient browser = sample.newBrowser();
        HttpRequest.Builder request = browser.request("passkey/logon/options")
                .header("Origin", browser.origin())
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        Answer answer = browser.send(request);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("unsupported-media-type");
    }

    @Test
    void t67_aBodyOverTheLimitIsRefusedHoweverItComes() {
        SampleClient browser = sample.newBrowser();
        String large = "{\"username\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(browser.post("passkey/logon/options", large).status()).isEqualTo(413);
        assertThat(chunked(browser, "passkey/logon/options", "application/json", large)
                        .status())
                .isEqualTo(413);
    }

    @Test
    void takesAFormThatDoesNotTellItsLength() {
        SampleClient browser = sample.newBrowser();

        Answer logon = chunked(browser, "passkey/logon/password", FORM, "username=al%69ce&password=alice&to=");

        assertThat(logon.status()).isEqualTo(303);
        assertThat(browser.me()).isEqualTo("alice");
    }

    @Test
    void t67_refusesALargeFormThatDoesNotTellItsLength() {
        SampleClient browser = sample.newBrowser();
        String fields = "username=alice&password=alice&x=";

        assertThat(chunked(browser, "passkey/logon/password", FORM, fields + "y".repeat(70_000))
                        .status())
                .isEqualTo(413);
        assertThat(chunked(browser, "passkey/logon/password", FORM, "username=%zz&password=alice")
                        .status())
                .isEqualTo(400);
        assertThat(browser.me()).isEmpty();
    }

    @Test
    void namesTheMemberAndTheRuleOfAMalformedAnswer() {
        SampleClient browser = sample.newBrowser();

        Answer padded = browser.post(
                "passkey/logon/assertion",
                "{\"id\":\"AQ==\",\"rawId\":\"AQ==\",\"type\":\"public-key\",\"response\":{}}");
        Answer list = browser.post("passkey/logon/options", "[]");

        assertThat(padded.status()).isEqualTo(400);
        assertThat(padded.text("detail"))
                .isEqualTo("The request is not what is asked for here:"
                        + " id must be base64url without padding (RFC 4648, sections 3.2, 3.5 and 5).");
        assertThat(list.text("detail")).isEqualTo("The request is not what is asked for here: not a JSON object.");
    }

    @Test
    void leadsBackToAnAddressOfTwoThousandCharacters() {
        SampleClient browser = sample.newBrowser();
        String address = "secret/page?x=" + "y".repeat(2_000);

        String sealed = browser.visit(address).location().replaceFirst(".*[?]to=", "");
        Answer logon = browser.submit(
                "passkey/logon/password", Map.of("username", "alice", "password", "alice", "to", sealed));

        assertThat(logon.location()).isEqualTo("/sample/" + address);
    }

    @Test
    void saysThatATooLongAddressIsNotRemembered() {
        SampleClient browser = sample.newBrowser();

        Answer challenge = browser.visit("secret/page?x=" + "y".repeat(3_000));

        assertThat(challenge.location()).isEqualTo("/sample/passkey/logon?notice=address-lost");
        assertThat(browser.visit("passkey/logon?notice=address-lost").body()).contains("too long to be remembered");
    }

    private static Answer chunked(SampleClient browser, String path, String type, String body) {
        return browser.send(browser.request(path)
                .header("Origin", browser.origin())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void t74_otherMethodsAreRefused() {
        SampleClient browser = sample.newBrowser();
        for (String method : List.of("PUT", "DELETE", "PATCH", "PROPFIND", "FOO")) {
            Answer answer = browser.send(browser.request("passkey/logon/options")
                    .header("Origin", browser.origin())
                    .header("Accept", "application/json")
                    .method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
        assertThat(browser.fetch("passkey/logon/options").status()).isEqualTo(405);
    }

    @Test
    void t81_aForgedSessionCookieMakesAPublicPageNothingButPublic() {
        SampleClient browser = sample.newBrowser();
        browser.cookies().put("JSESSIONID", "node0abcdefghijklmnop");
        assertThat(browser.visit("public/page").status()).isEqualTo(200);
        assertThat(browser.me()).isEmpty();
    }

    @Test
    void aPasswordInTheAddressIsNotRead() {
        Answer answer = sample.newBrowser().submit("passkey/logon/password?username=bob&password=bob", Map.of());
        assertThat(answer.status()).isEqualTo(400);
    }

    private static Answer typed(String name) {
        return sample.newBrowser().post("passkey/logon/options", Json.write(Map.of("username", name)));
    }

    private static String strip(Answer answer) {
        return answer.body().replace(answer.text("challenge"), "");
    }
}
