package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonObject;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Binding, naming, listing and deleting passkeys against the running sample: the HTTP contract, sentence by sentence. */
class PasskeysIT {
    private static RunningSample sample;
    private static int users;

    private final String user = "user" + ++users;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(40));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void theOfferToBindIsMadeOnceAndNotRepeatedAfterNotNow() {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(user, "password").location()).isEqualTo("/sample/passkey/bind");
        assertThat(browser.visit("passkey/bind").body()).contains("Bind passkey", "Not now");
        assertThat(browser.submit("passkey/bind/later", Map.of()).location()).isEqualTo("/sample/");
        assertThat(sample.newBrowser().logOn(user, "password").location()).isEqualTo("/sample/");
    }

    @Test
    void whoHasAPasskeyIsNotOfferedOne() {
        bound();
        assertThat(sample.newBrowser().logOn(user, "password").location()).isEqualTo("/sample/");
    }

    @Test
    void aPasskeyIsWhatTheContractSays() throws Exception {
        SampleClient browser = bound();
        Answer list = browser.fetch("passkey/passkeys");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).contains("\"maximum\":5");
        JsonObject passkey = browser.fetch("passkey/passkeys/" + id(browser)).json();
        assertThat(passkey.names())
                .containsExactly(
                        "id",
                        "credentialId",
                        "name",
                        "use",
                        "createdAt",
                        "lastUsedAt",
                        "provider",
                        "synced",
                        "transports");
        assertThat(passkey.requireText("credentialId"))
                .isEqualTo(device.newest().id().base64url());
        assertThat(passkey.requireText("name")).isEqualTo("First");
        assertThat(passkey.requireText("use")).isEqualTo("logon");
        assertThat(passkey.requireText("createdAt")).endsWith("Z");
        assertThat(passkey.text("lastUsedAt")).isEmpty();
        assertThat(passkey.flag("synced")).contains(true);
    }

    /** A server cannot see that a QR code was scanned for somebody else; the owner can see when the passkey was used. */
    @Test
    void t107_theListTellsWhenAPasskeyWasLastUsed() throws Exception {
        SampleClient browser = bound();

        browser.logOn(device);

        assertThat(browser.fetch("passkey/passkeys/" + id(browser)).json().requireText("lastUsedAt"))
                .endsWith("Z");
    }

    @Test
    void optionsAskForADiscoverablePasskeyWithUserVerificationAndExcludeTheOnesThereAre() throws Exception {
        SampleClient browser = bound();
        browser.confirm(device);
        JsonObject options = browser.bindingOptions("Second").json();
        JsonObject selection = options.requireObject("authenticatorSelection");
        assertThat(selection.requireText("residentKey")).isEqualTo("required");
        assertThat(selection.requireText("userVerification")).isEqualTo("required");
        assertThat(selection.has("authenticatorAttachment")).isFalse();
        assertThat(options.requireText("attestation")).isEqualTo("none");
        assertThat(options.requireObject("rp").requireText("id")).isEqualTo("localhost");
        assertThat(options.requireObject("user").requireText("name")).isEqualTo(user);
        assertThat(options.requireObject("user").requireText("id"))
                .isEqualTo(device.newest().userHandle().base64url())
                .doesNotContain(user);
        assertThat(browser.bindingOptions("Third").body())
                .contains(device.newest().id().base64url());
    }

    @Test
    void aNameIsRefusedBeforeTheDevicePromptIfItIsTakenOrNoName() {
        SampleClient browser = bound();
        browser.confirm(device);
        assertProblem(browser.bindingOptions("first "), 409, "name-taken");
        assertProblem(browser.bindingOptions("F\u0131rst\u202e"), 422, "invalid-name");
        assertProblem(browser.bindingOptions("  "), 422, "invalid-name");
        assertProblem(browser.bindingOptions("x".repeat(65)), 422, "invalid-name");
    }

    @Test
    void theSixthPasskeyIsRefusedBeforeTheDevicePrompt() {
        SampleClient browser = bound();
        browser.confirm(device);
        for (int i = 2; i <= 5; i++) {
            Answer answer = browser.bind(SoftwareAuthenticator.synced(), "Key " + i);
            assertThat(answer.status()).isEqualTo(201);
        }
        assertProblem(browser.bindingOptions("Key 6"), 409, "limit-reached");
    }

    @Test
    void aPasskeyIsRenamedByAFormAndByAClient() {
        SampleClient browser = bound();
        browser.confirm(device);
        String path = "passkey/passkeys/" + id(browser);
        Answer form = browser.submit(path + "/name", Map.of("name", "Work \u00fc <b>"));
        assertThat(form.status()).isEqualTo(303);
        assertThat(form.location()).isEqualTo("/sample/passkey/security?notice=renamed");
        assertThat(browser.fetch(path).text("name")).isEqualTo("Work \u00fc <b>");
        String page = browser.visit("passkey/security?notice=renamed").body();
        assertThat(page).as("t59").contains("Work \u00fc &lt;b&gt;").doesNotContain("<b>");
        assertThat(browser.submit(path + "/name", Map.of("name", "")).status()).isEqualTo(422);
    }

    @Test
    void renamingToATakenNameShowsThePageAgain() {
        SampleClient browser = bound();
        browser.confirm(device);
        browser.bind(SoftwareAuthenticator.synced(), "Second");
        Answer again = browser.submit("passkey/passkeys/" + id(browser) + "/name", Map.of("name", "SECOND"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("SECOND", "role=\"alert\"");
    }

    @Test
    void aDeletedPasskeyIsGoneAndItsDeviceMayForgetIt() {
        SampleClient browser = bound();
        browser.confirm(device);
        Answer deletion = browser.submit("passkey/passkeys/" + id(browser) + "/deletion", Map.of());
        assertThat(deletion.location()).isEqualTo("/sample/passkey/security?notice=deleted");
        assertThat(browser.fetch("passkey/passkeys").body()).contains("\"passkeys\":[]");
        assertThat(browser.me()).as("the session that deleted it goes on").isEqualTo(user);

        Answer logon = sample.newBrowser().logOn(device);
        assertProblem(logon, 401, "authentication-failed");
        assertThat(logon.text("signal")).isEqualTo("unknown-credential");
    }

    @Test
    void t47_anothersPasskeyIsAsUnknownAsOneThatNeverWas() {
        SampleClient victim = bound();
        String stranger = "user" + ++users;
        SoftwareAuthenticator strangersDevice = SoftwareAuthenticator.synced();
        SampleClient browser = sample.newBrowser();
        browser.logOn(stranger, "password");
        browser.bind(strangersDevice, "Mine");
        browser.confirm(strangersDevice);
        String foreign = "passkey/passkeys/" + id(victim);
        String unknown = "passkey/passkeys/" + "A".repeat(43);
        for (String action : List.of("/deletion", "/name")) {
            Answer first = browser.submit(foreign + action, Map.of("name", "Taken over"));
            Answer second = browser.submit(unknown + action, Map.of("name", "Taken over"));
            assertThat(first.status()).isEqualTo(404).isEqualTo(second.status());
            assertThat(first.body()).isEqualTo(second.body());
        }
        assertProblem(browser.fetch(foreign), 404, "not-found");
        assertThat(victim.fetch(foreign).text("name")).isEqualTo("First");
    }

    @Test
    void t45_aChangeAsksForAPasskeyWhereThereIsOne() {
        bound();
        SampleClient thief = sample.newBrowser();
        thief.logOn(user, "password");
        Answer refused = thief.bindingOptions("Thief's");
        assertProblem(refused, 403, "confirmation-required");
        assertThat(refused.body()).contains("\"methods\":[\"passkey\"]");
        Answer form = thief.submit("passkey/passkeys/" + id(thief) + "/deletion", Map.of());
        assertThat(form.location()).startsWith("/sample/passkey/confirm?return=");
        assertThat(thief.submit("passkey/confirm/password", Map.of("password", "password"))
                        .status())
                .as("t119: a password is no proof here")
                .isEqualTo(403);
        assertThat(thief.fetch("passkey/passkeys").body()).contains("First");
    }

    @Test
    void aConfirmationLeadsBackToWhereItWasAskedFor() {
        bound();
        SampleClient browser = sample.newBrowser();
        browser.logOn(user, "password");
        String confirm = browser.submit("passkey/passkeys/" + id(browser) + "/deletion", Map.of())
                .location();
        assertThat(browser.visit(confirm).body()).contains(user);
        String target = confirm.substring(confirm.indexOf("return=") + 7);
        Answer options = browser.options("confirm");
        assertThat(options.body()).contains(device.newest().id().base64url());
        Answer proof =
                browser.post("passkey/confirm/assertion?return=" + target, browser.assertion(device, options.body()));
        assertThat(proof.text("location")).isEqualTo("/sample/passkey/security?delete=" + id(browser));
        assertThat(browser.visit("passkey/security?delete=" + id(browser)).body())
                .contains("Delete Passkey");
        assertThat(browser.submit("passkey/passkeys/" + id(browser) + "/deletion", Map.of())
                        .status())
                .isEqualTo(303);
    }

    @Test
    void clientsGetDataWherePeopleGetPages() {
        SampleClient browser = bound();
        browser.confirm(device);
        String path = "passkey/passkeys/" + id(browser);
        Answer renamed = browser.send(browser.request(path + "/name")
                .header("Origin", browser.origin())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("name=Other")));
        assertThat(renamed.status()).isEqualTo(204);
        Answer anonymous = sample.newBrowser().fetch("passkey/passkeys");
        assertProblem(anonymous, 401, "authentication-required");
        assertThat(sample.newBrowser().visit("passkey/security").location()).startsWith("/sample/passkey/logon?to=");
    }

    @Test
    void aKeyForASecondFactorNeedNotVerifyTheUserNorKeepThePasskey() {
        SampleClient browser = sample.newBrowser();
        browser.logOn(user, "password");

        Answer options = optionsFor(browser, "second-factor");
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.body()).contains("\"userVerification\":\"discouraged\"", "\"residentKey\":\"discouraged\"");
        assertProblem(optionsFor(browser, "anything"), 400, "invalid-request");
    }

    private static Answer optionsFor(SampleClient browser, String use) {
        return browser.post("passkey/passkeys/options", Json.write(Map.of("name", "Old key", "use", use)));
    }

    @Test
    void t117_aSessionThatWasEndedChangesNothingAnyMore() {
        SampleClient owner = bound();
        owner.confirm(device);
        SampleClient thief = sample.newBrowser();
        thief.logOn(device);
        SoftwareAuthenticator second = SoftwareAuthenticator.synced();
        assertThat(owner.bind(second, "Second").status()).isEqualTo(201);
        owner.submit("passkey/passkeys/" + id(owner) + "/deletion", Map.of());

        assertProblem(thief.bindingOptions("Thief's"), 401, "authentication-required");
        String left = "passkey/passkeys/" + id(owner);
        assertThat(thief.submit(left + "/deletion", Map.of()).location())
                .isEqualTo("/sample/passkey/logon?notice=expired");
        assertThat(owner.fetch(left).text("name")).isEqualTo("Second");
        assertThat(owner.me()).isEqualTo(user);
    }

    private SampleClient bound() {
        SampleClient browser = sample.newBrowser();
        browser.logOn(user, "password");
        assertThat(browser.bind(device, "First").status()).isEqualTo(201);
        return browser;
    }

    private static String id(SampleClient browser) {
        String body = browser.fetch("passkey/passkeys").body();
        int start = body.indexOf("\"id\":\"") + 6;
        return body.substring(start, start + 43);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
