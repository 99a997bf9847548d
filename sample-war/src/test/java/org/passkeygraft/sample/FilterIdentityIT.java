package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.TestSize;

/** T-84, T-85, T-90 behind the filter: who a request comes from is the request's own. */
class FilterIdentityIT {
    private static Variant application;
    private static OwnServer narrow;
    private static RunningSample wide;

    @BeforeAll
    static void start() throws Exception {
        application = Variant.of(RunningSample.war()).withoutConstraints();
        narrow = OwnServer.prepare(application.directory(), 1, DoorServlets.all())
                .with("passkey.protect.1.pattern", "/secret/*")
                .start();
        wide = RunningSample.start(
                application.directory(),
                RunningSample.options().withParameter("passkey.protect.1.pattern", "/secret/*"));
    }

    @AfterAll
    static void stop() {
        narrow.close();
        wide.close();
        application.close();
    }

    @Test
    void t85_afterAliceTheThreadIsNobodys() {
        SampleClient alice = alice();
        for (int round = 0; round < TestSize.of(50, 2_000); round++) {
            SampleClient anonymous = new SampleClient(narrow.uri());
            assertThat(alice.me()).isEqualTo("alice");
            assertThat(anonymous.me()).isEmpty();
            assertThat(alice.visit("secret/page").body()).contains("SECRET");
            assertThat(anonymous.visit("secret/page").status()).isEqualTo(302);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "secret/nothing", "async", "async?to=/nothing", "change?end=1", "logout", "change"})
    void t85_t90_whateverAliceDidTheThreadIsNobodys(String path) {
        SampleClient alice = alice();
        for (int round = 0; round < 10; round++) {
            SampleClient anonymous = new SampleClient(narrow.uri());
            alice.visit(path);
            assertThat(anonymous.visit("who").body()).isEqualTo("{" + DoorServlets.NOBODY + "}");
            assertThat(anonymous.visit("secret/page").status()).isEqualTo(302);
        }
    }

    @Test
    void t84_noAnswerEverCarriesTheOthersName() {
        assertThat(Crowd.mistaken(wide, 200, TestSize.of(25, 500))).containsOnly(0);
    }

    private static SampleClient alice() {
        SampleClient browser = new SampleClient(narrow.uri());
        assertThat(browser.logOn("alice", "alice").status()).isEqualTo(303);
        return browser;
    }
}
