package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** A rule for everything, and a logon page that is one of many pages of one servlet. */
class LogonPageAddressIT {
    private static Variant application;
    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        application = Variant.of(RunningSample.war()).withoutConstraints();
        server = OwnServer.prepare(application.directory(), 8, DoorServlets.all())
                .with("passkey.protect.1.pattern", "/*")
                .with("passkey.protect.2.pattern", "/forward")
                .with("passkey.protect.2.public", "true")
                .with("passkey.logon-page", "/do?action=login")
                .with("passkey.logon-error-page", "/do?action=error")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        application.close();
    }

    @Test
    void itIsOpenWithTheJspThatItForwardsTo() {
        SampleClient browser = new SampleClient(server.uri());
        String page = browser.visit("secret/page").location();
        assertThat(page).startsWith("/sample/do?action=login&to=");

        assertThat(browser.visit(page).body()).contains("j_security_check");
        assertThat(browser.visit("do?action=login").body()).contains("j_security_check");
        assertThat(browser.visit("do?action=error").body()).isEqualTo("did error");
        assertThat(browser.visit("forward?to=/do%3Faction%3Derror").body()).isEqualTo("did error");
        assertThat(browser.visit("login.jsp").status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do",
                "do?action=delete",
                "do?action=login&action=delete",
                "do?action=delete&action=login",
                "do?action=login&to=x&action=delete",
                "do/x?action=login",
                "forward?to=/do%3Faction%3Ddelete",
                "forward?to=/do&action=login"
            })
    void nothingElseOfItsServletIs(String path) {
        SampleClient browser = new SampleClient(server.uri());

        Answer answer = browser.visit(path);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).startsWith("/sample/do?action=login");
        assertThat(browser.fetch(path).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "FOO"})
    void itIsOnlyToBeLookedAt(String method) {
        SampleClient browser = new SampleClient(server.uri());

        Answer answer = browser.send(browser.request("do?action=error").method(method, BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(401);
    }
}
