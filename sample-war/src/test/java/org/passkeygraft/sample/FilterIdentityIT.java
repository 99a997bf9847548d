package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.AtOnce;
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
        List<SampleClient> browsers = List.of(wide.newBrowser(), wide.newBrowser(), wide.newBrowser());
        List<String> names = List.of("alice", "bob", "");
        browsers.get(0).logOn("alice", "alice");
        browsers.get(1).logOn("bob", "bob");
        int requests = TestSize.of(25, 500);

        List<Integer> wrong = AtOnce.run(200, thread -> {
            List<SampleClient> own = browsers.stream().map(SampleClient::copy).toList();
            int mistaken = 0;
            for (int i = 0; i < requests; i++) {
                int who = (thread + i) % own.size();
                mistaken += own.get(who).me().equals(names.get(who)) ? 0 : 1;
            }
            return mistaken;
        });

        assertThat(wrong).containsOnly(0);
    }

    private static SampleClient alice() {
        SampleClient browser = new SampleClient(narrow.uri());
        assertThat(browser.logOn("alice", "alice").status()).isEqualTo(303);
        return browser;
    }
}
