package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** What the filter does where the container's own constraints protect, and our module tells it the caller. */
class ModuleDoorIT {
    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        server = OwnServer.prepare(RunningSample.war(), 8, DoorServlets.all())
                .graft()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "async?own=1", "async?to=/who", "async?to=/secret/who&own=1"})
    void t89_anotherThreadAndALaterDispatchKnowTheCaller(String path) {
        assertThat(bob().visit(path).body()).startsWith("{bob bob ");
    }

    @Test
    void t90_aLaterDispatchKnowsThatTheSessionHasEnded() {
        Answer ended = bob().visit("async?to=/who&ends=1");

        assertThat(ended.header("X-Thread")).startsWith("bob bob ");
        assertThat(ended.body()).isEqualTo("{" + DoorServlets.NOBODY + "}");
    }

    @Test
    void t116_whatTheApplicationKeptForOneCallerDoesNotReachTheNext() {
        SampleClient browser = bob();
        browser.visit("keep?text=bobs");
        browser.logOn("bob", "bob");
        assertThat(browser.visit("keep").body()).as("the same caller again").isEqualTo("kept bobs");

        browser.logOn("alice", "alice");

        assertThat(browser.me()).isEqualTo("alice");
        assertThat(browser.visit("keep").body()).isEqualTo("kept null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "PUBLIC"})
    void t60_whatTheContainerProtectsIsNeverForSharedCaches(String said) {
        assertThat(bob().visit("secret/answer?cache=" + said).headers("Cache-Control"))
                .containsExactly("private");
    }

    @Test
    void t60_whatNobodyIsLoggedOnForIsTheApplicationsOwnBusiness() {
        SampleClient anonymous = new SampleClient(server.uri());

        assertThat(anonymous.visit("public/answer?cache=public").headers("Cache-Control"))
                .containsExactly("public");
        String files = anonymous.visit("passkey/passkey.css").header("Cache-Control");
        assertThat(bob().visit("passkey/passkey.css").header("Cache-Control")).isEqualTo(files);
    }

    private static SampleClient bob() {
        SampleClient browser = new SampleClient(server.uri());
        assertThat(browser.logOn("bob", "bob").status()).isEqualTo(303);
        return browser;
    }
}
