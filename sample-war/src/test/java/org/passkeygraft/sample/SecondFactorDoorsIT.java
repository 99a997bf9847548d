package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** However a password comes to the module or the filter, it is half a logon where the policy wants two factors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondFactorDoorsIT {
    private static final Map<String, String> REQUIRED = Map.of("passkey.policy.second-factor", "required");
    private static final String SECOND_FACTOR = "/sample/passkey/second-factor";

    private Variant open;
    private OwnServer module;
    private OwnServer filter;

    @BeforeAll
    void start() throws Exception {
        open = Variant.of(RunningSample.war()).withoutConstraints();
        module = OwnServer.prepare(RunningSample.war(), 8, DoorServlets.all())
                .with(REQUIRED)
                .with("passkey.http.basic", "on")
                .graft()
                .start();
        filter = OwnServer.prepare(open.directory(), 8, DoorServlets.all())
                .with(REQUIRED)
                .with("passkey.http.basic", "on")
                .with("passkey.protect.1.pattern", "/secret/*")
                .start();
    }

    @AfterAll
    void stop() {
        module.close();
        filter.close();
        open.close();
    }

    private Stream<OwnServer> ourLogon() {
        return Stream.of(module, filter);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("ourLogon")
    void t42_aPasswordInAHeaderIsNobodys(OwnServer server) {
        try (LogLines log = new LogLines()) {
            SampleClient machine = new SampleClient(server.uri());

            assertThat(basic(machine, "secret/who").status()).isEqualTo(401);
            assertThat(basic(machine, "who").body()).isEqualTo("{" + DoorServlets.NOBODY + "}");
            assertThat(log.containing("LOGON_REFUSED").filter(line -> line.contains("SECOND_FACTOR_DUE")))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("ourLogon")
    void t42_aLoginOfTheApplicationsOwnFails(OwnServer server) {
        SampleClient browser = new SampleClient(server.uri());

        assertThat(browser.visit("async?login=1").status()).isEqualTo(500);
        assertNobody(browser);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("ourLogon")
    void t42_aFormThatIsPostedPastOurPageIsHalfALogon(OwnServer server) {
        SampleClient browser = new SampleClient(server.uri());

        assertThat(form(browser, "bob").location()).startsWith(SECOND_FACTOR);
        assertNobody(browser);
        assertThat(browser.visit("secret/page").location()).startsWith("/sample/passkey/logon?to=");
    }

    private static void assertNobody(SampleClient browser) {
        assertThat(browser.me()).isEmpty();
        assertThat(browser.fetch("secret/who").body()).doesNotContain("bob", "alice");
    }

    private static Answer form(SampleClient browser, String name) {
        browser.visit("secret/page");
        return browser.submit("j_security_check", Map.of("j_username", name, "j_password", name));
    }

    private static Answer basic(SampleClient client, String path) {
        String credentials = Base64.getEncoder().encodeToString("bob:bob".getBytes(StandardCharsets.UTF_8));
        return client.send(client.request(path).header("Authorization", "Basic " + credentials));
    }
}
