package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** P5: places of the application that ask a caller for more than being logged on. */
class StepUpIT {
    private static final int PROOF_SECONDS = 3;

    /** Alice's, whose password is no proof therefore; Bob has none. */
    private static final SoftwareAuthenticator DEVICE = SoftwareAuthenticator.securityKey();

    private static Variant application;
    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        application = Variant.of(RunningSample.war()).withoutConstraints();
        server = OwnServer.prepare(application.directory(), 8, DoorServlets.all())
                .with("passkey.http.basic", "on")
                .with("passkey.protect.1.pattern", "/*")
                .with("passkey.protect.2.pattern", "/secret/*")
                .with("passkey.protect.2.confirmation", PROOF_SECONDS + "s")
                .with("passkey.protect.3.pattern", "/api/*")
                .with("passkey.protect.3.second-factor", "when-bound")
                .with("passkey.protect.4.pattern", "/public/*")
                .with("passkey.protect.4.second-factor", "required")
                .start();
        SampleClient alice = logged("alice");
        assertThat(alice.visit("api/me").status()).as("no passkey yet").isEqualTo(200);
        assertThat(alice.bind(DEVICE, "Key").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
        application.close();
    }

    @Test
    void t46_aProofTooOldIsAskedForAndGoodForTheApplicationOnly() throws Exception {
        SampleClient bob = logged("bob");
        assertThat(bob.visit("secret/page").status()).as("a logon is a proof").isEqualTo(200);
        Thread.sleep(1_000 * PROOF_SECONDS + 100);

        Answer asked = bob.visit("secret/page?tab=1");
        assertThat(asked.status()).isEqualTo(302);
        assertThat(asked.header("Cache-Control")).contains("no-store");
        assertThat(asked.location()).startsWith("/sample/passkey/confirm?for=application&return=");
        assertThat(bob.visit("who").status()).as("nothing is asked elsewhere").isEqualTo(200);

        for (String other : new String[] {"own", "administration", "anything"}) {
            assertThat(byPassword(bob, other, asked).status()).isEqualTo(303);
            assertThat(bob.visit("secret/page").status()).as(other).isEqualTo(302);
        }
        assertThat(byPassword(bob, "application", asked).location()).isEqualTo("/sample/secret/page?tab=1");
        assertThat(bob.visit("secret/page").status()).isEqualTo(200);
    }

    @Test
    void aFormIsNotKeptButExplainedAndItsPageComesBack() {
        SampleClient alice = logged("alice");

        Answer asked = alice.send(form(alice, server.uri() + "secret/page?id=%C3%A9"));
        assertThat(asked.status()).isEqualTo(303);
        assertThat(asked.location()).endsWith("&notice=unsent");
        assertThat(alice.visit(asked.location().substring("/sample/".length())).body())
                .contains("What you sent was not kept");
        assertThat(byPasskey(alice, asked)).isEqualTo("/sample/secret/page?id=%C3%A9");
        assertThat(alice.visit("secret/page").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/sample/secret/page",
                "http://localhost:1/sample/secret/page",
                "/sample/other",
                "http://localhost@evil.example/sample/x",
                "not an address"
            })
    void aFormFromElsewhereLeadsToTheStartPage(String referer) {
        SampleClient alice = logged("alice");

        Answer asked = alice.send(form(alice, referer));

        assertThat(asked.status()).isEqualTo(303);
        assertThat(byPasskey(alice, asked)).isEqualTo("/sample/");
    }

    @Test
    void aScriptIsToldHowToProveIt() {
        SampleClient alice = logged("alice");

        Answer told = alice.fetch("secret/who");

        assertThat(told.status()).isEqualTo(403);
        assertThat(told.code()).isEqualTo("confirmation-required");
        assertThat(told.body()).contains("\"methods\":[\"passkey\"]");
        assertThat(alice.visit("include?to=/secret/who").body()).startsWith("before  after");
        assertThat(alice.visit("forward?to=/secret/who").location()).contains("/passkey/confirm?for=application");
    }

    @Test
    void t42_aRequestThatBringsOnlyAPasswordGetsNowhereWhereMoreIsAsked() {
        SampleClient machine = new SampleClient(server.uri());
        String header = "Basic " + Base64.getEncoder().encodeToString("bob:bob".getBytes(StandardCharsets.UTF_8));

        assertThat(machine.send(machine.request("who").header("Authorization", header))
                        .status())
                .isEqualTo(200);
        for (String path : new String[] {"secret/who", "api/me", "public/page"}) {
            Answer answer = machine.send(machine.request(path).header("Authorization", header));
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("confirmation-required");
        }
    }

    @Test
    void t42_aPasswordAloneIsNotEnoughWhereTwoFactorsAreAsked() {
        SampleClient bob = logged("bob");
        assertThat(bob.visit("api/me").status()).isEqualTo(200);
        assertThat(bob.visit("public/page").location()).startsWith("/sample/passkey/bind?for=application&to=");

        SampleClient alice = logged("alice");
        assertThat(alice.fetch("api/me").code()).isEqualTo("confirmation-required");
        Answer asked = alice.visit("public/page");
        assertThat(asked.location()).startsWith("/sample/passkey/confirm?for=application");
        assertThat(byPasskey(alice, asked)).isEqualTo("/sample/public/page");
        assertThat(alice.fetch("api/me").status()).isEqualTo(200);
        assertThat(alice.visit("public/page").status()).isEqualTo(200);

        SampleClient byPasskey = new SampleClient(server.uri());
        assertThat(byPasskey.logOn(DEVICE).status()).isEqualTo(200);
        assertThat(byPasskey.visit("public/page").status()).isEqualTo(200);
    }

    @Test
    void aFormThatWouldNeedAPasskeyFirstIsExplainedWhereItIsBound() {
        SampleClient bob = logged("bob");

        Answer asked = bob.send(form(bob, "public/page", server.uri() + "secret/page?id=2"));
        Answer page = bob.visit(asked.location().substring("/sample/".length()));

        assertThat(asked.status()).isEqualTo(303);
        assertThat(page.body())
                .contains("What you sent was not kept", "data-passkey-onward=\"/sample/secret/page?id=2\"");
        assertThat(page.body()).doesNotContain("data-passkey-skip", "bind/later");
    }

    @Test
    void aScriptIsToldOfNoWayWhereAPasskeyMustBeBoundFirst() {
        Answer told = logged("bob").fetch("public/page");

        assertThat(told.status()).isEqualTo(403);
        assertThat(told.code()).isEqualTo("confirmation-required");
        assertThat(told.body()).contains("\"methods\":[]");
    }

    @Test
    void whoHasAPasskeyIsAskedForNoOther() {
        SampleClient alice = logged("alice");

        assertThat(alice.visit("passkey/bind?for=application").location()).isEqualTo("/sample/");
        assertThat(alice.visit("passkey/bind").status()).isEqualTo(200);
    }

    private static Answer byPassword(SampleClient browser, String purpose, Answer asked) {
        return browser.submit(
                "passkey/confirm/password", Map.of("password", "bob", "for", purpose, "return", target(asked)));
    }

    /** Where the proof leads. */
    private static String byPasskey(SampleClient browser, Answer asked) {
        String assertion = browser.assertion(DEVICE, browser.options("confirm").body());
        return browser.post("passkey/confirm/assertion?for=application&return=" + target(asked), assertion)
                .text("location");
    }

    private static String target(Answer asked) {
        return asked.location().replaceFirst(".*return=([^&]*).*", "$1");
    }

    private static HttpRequest.Builder form(SampleClient browser, String referer) {
        return form(browser, "secret/body", referer);
    }

    private static HttpRequest.Builder form(SampleClient browser, String path, String referer) {
        return browser.request(path)
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Referer", referer)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("amount=1"));
    }

    private static SampleClient logged(String name) {
        SampleClient browser = new SampleClient(server.uri());
        assertThat(browser.logOn(name, name).status()).isEqualTo(303);
        return browser;
    }
}
