package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** P5: places that ask for a passkey while passkeys are switched off lead nobody in a circle. */
class StepUpWithoutPasskeysIT {
    private static final int ENOUGH_REDIRECTS = 5;

    private static Variant application;
    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        application = Variant.of(RunningSample.war()).withoutConstraints();
        server = OwnServer.prepare(application.directory(), 8, DoorServlets.all())
                .with("passkey.policy.allowed", "false")
                .with("passkey.protect.1.pattern", "/secret/*")
                .with("passkey.protect.1.confirmation", "1h")
                .with("passkey.protect.1.second-factor", "required")
                .with("passkey.protect.2.pattern", "/public/*")
                .with("passkey.protect.2.second-factor", "required")
                .with("passkey.protect.3.pattern", "/api/*")
                .with("passkey.protect.3.confirmation", "1h")
                .with("passkey.protect.3.second-factor", "when-bound")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        application.close();
    }

    @Test
    void whereAPasskeyIsAskedForTheAnswerIs403AndNoWayThatGoesInACircle() {
        SampleClient bob = bob();
        for (String path : new String[] {"secret/page", "public/page", "secret/who"}) {
            for (Answer answer : new Answer[] {bob.visit(path), bob.fetch(path), bob.submit(path, Map.of("a", "1"))}) {
                assertThat(answer.status()).as(path).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("confirmation-required");
                assertThat(answer.header("Cache-Control")).contains("no-store");
                assertThat(answer.body()).doesNotContain("SECRET").contains("\"methods\":[]");
            }
        }
        assertThat(bob.me()).as("still logged on").isEqualTo("bob");
    }

    @Test
    void confirmingAsOftenAsOneLikesChangesNothingAndEndsSomewhere() {
        SampleClient bob = bob();
        for (String page : new String[] {"passkey/confirm?for=application", "passkey/bind"}) {
            assertThat(followed(bob, page).status()).as(page).isEqualTo(200);
        }
        assertThat(bob.submit("passkey/confirm/password", Map.of("password", "bob", "for", "application"))
                        .status())
                .isEqualTo(303);
        assertThat(bob.visit("secret/page").status()).isEqualTo(403);
    }

    @Test
    void wherePasskeysAreAskedOfThoseWhoHaveThemThePasswordIsEnough() {
        assertThat(bob().visit("api/me").status()).isEqualTo(200);
    }

    private static Answer followed(SampleClient browser, String path) {
        Answer answer = browser.visit(path);
        for (int redirects = 0; answer.status() / 100 == 3; redirects++) {
            assertThat(redirects).as("redirects of " + path).isLessThan(ENOUGH_REDIRECTS);
            answer = browser.visit(answer.location());
        }
        return answer;
    }

    private static SampleClient bob() {
        SampleClient browser = new SampleClient(server.uri());
        assertThat(browser.logOn("bob", "bob").status()).isEqualTo(303);
        return browser;
    }
}
