package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TextGateway;

/** A gateway that is down and a mail server that never answers: nobody loses a code, a logon or a try by that. */
class SenderTroubleIT {
    private static final String CODE_REQUEST = "passkey/second-factor/code/request";
    private static final String CONTACT = "passkey/backup/contact";
    private static final String PHONE = "+491701234542";

    private static TextGateway gateway;
    private static ServerSocket silent;
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        gateway = TextGateway.plain();
        // The system takes connections for it, and nobody ever says a word.
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        sample = RunningSample.start(RunningSample.options()
                .withUsers(20)
                .withParameter("passkey.policy.second-factor", "when-bound")
                .withParameter("passkey.smtp.host", "localhost")
                .withParameter("passkey.smtp.port", Integer.toString(silent.getLocalPort()))
                .withParameter("passkey.smtp.tls", "none")
                .withParameter("passkey.smtp.from", "no-reply@example.org")
                .withParameter("passkey.sms.url", gateway.url().toString()));
    }

    @AfterAll
    static void stop() throws Exception {
        sample.close();
        silent.close();
        gateway.close();
    }

    @Test
    void aGatewayThatIsDownIs503AndTakesNeitherTheLogonNorTheCodeBeforeAway() throws Exception {
        reachable("user1");
        SampleClient browser = halfLogged("user1");
        assertThat(browser.change(CODE_REQUEST, Map.of()).status()).isEqualTo(204);
        String code = BackupIT.code(gateway.next().body());

        gateway.answer(503);
        for (int attempt = 0; attempt < 6; attempt++) {
            Answer data = browser.change(CODE_REQUEST, Map.of());
            assertThat(data.status()).isEqualTo(503);
            assertThat(data.code()).isEqualTo("unavailable");
            assertThat(data.header("Retry-After")).isEqualTo("10");
            gateway.next();
        }
        Answer page = browser.submit(CODE_REQUEST, Map.of());
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Retry-After")).isEqualTo("10");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        gateway.next();
        gateway.answer(202);

        assertThat(browser.submit("passkey/second-factor/code", Map.of("code", code))
                        .status())
                .as("the code that came before")
                .isEqualTo(303);
        assertThat(browser.me()).isEqualTo("user1");
        assertThat(gateway.next().body()).contains("a backup code was used");
        assertThat(halfLogged("user1").change(CODE_REQUEST, Map.of()).status())
                .as("what was not sent was not counted")
                .isEqualTo(204);
        assertThat(BackupIT.code(gateway.next().body())).isNotEqualTo(code);
    }

    @Test
    void aMailServerThatNeverAnswersIs503WithinSecondsAndCountsForNothing() throws Exception {
        SampleClient browser = loggedOn("user2");

        long begun = System.nanoTime();
        Answer waited = browser.change(CONTACT, Map.of("contact", "user2@example.org"));
        Duration patience = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(waited.status()).isEqualTo(503);
        assertThat(waited.header("Retry-After")).isEqualTo("10");
        assertThat(patience).isLessThan(Duration.ofSeconds(20));
        for (int sent = 0; sent < 5; sent++) {
            assertThat(browser.change(CONTACT, Map.of("contact", "+491701234543"))
                            .status())
                    .isEqualTo(204);
            String code = BackupIT.code(gateway.next().body());
            if (sent == 4) {
                assertThat(browser.change(CONTACT + "/code", Map.of("code", code))
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    @Test
    void aRecoveryCodeServesWhileNobodySends() throws Exception {
        String codes = reachable("user3")
                .change("passkey/backup/recovery-codes", Map.of())
                .body();
        String recovery = codes.replaceFirst(".*\\[\"([^\"]+)\".*", "$1");
        assertThat(gateway.next().body()).contains("new recovery codes");
        SampleClient browser = halfLogged("user3");
        gateway.answer(500);
        assertThat(browser.change(CODE_REQUEST, Map.of()).status()).isEqualTo(503);
        gateway.next();

        assertThat(browser.change("passkey/second-factor/code", Map.of("code", recovery))
                        .status())
                .isEqualTo(200);

        assertThat(browser.me()).isEqualTo("user3");
        assertThat(gateway.next().body()).contains("a backup code was used");
        gateway.answer(202);
    }

    /** Logged on, with a phone that codes go to already, and with a passkey that was shown just now. */
    private static SampleClient reachable(String name) throws Exception {
        SampleClient owner = loggedOn(name);
        assertThat(owner.change(CONTACT, Map.of("contact", PHONE)).status()).isEqualTo(204);
        String code = BackupIT.code(gateway.next().body());
        assertThat(owner.change(CONTACT + "/code", Map.of("code", code)).status())
                .isEqualTo(204);
        // A contact serves from the next day on; this is that day.
        try (Connection connection = sample.server().dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update passkey_contact set usable_from = verified_at")) {
            statement.executeUpdate();
        }
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        assertThat(owner.bind(device, "Phone").status()).isEqualTo(201);
        assertThat(gateway.next().body()).contains("was added");
        assertThat(owner.confirm(device).status()).isEqualTo(200);
        return owner;
    }

    private static SampleClient halfLogged(String name) {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(name, "password").location()).startsWith("/sample/passkey/second-factor");
        return browser;
    }

    private static SampleClient loggedOn(String name) {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(name, "password").status()).isEqualTo(303);
        return browser;
    }
}
