package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.sample.launcher.JaasServer;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Where the container takes the password, the other factor is shown to us before anything of the application. */
class JaasSecondFactorIT {
    private static final Map<String, String> REQUIRED = Map.of("passkey.policy.second-factor", "required");
    private static final String SECOND_FACTOR = "/sample/passkey/second-factor";

    private static JaasServer jaas;

    @BeforeAll
    static void start() throws Exception {
        jaas = JaasServer.start(RunningSample.war(), REQUIRED, DoorServlets.all(), entry());
    }

    private static AppConfigurationEntry entry() {
        return new AppConfigurationEntry(
                "org.passkeygraft.jaas.PasskeyLoginModule",
                LoginModuleControlFlag.REQUIRED,
                Map.of("delegate", AccountModule.class.getName(), "delegate.dataSource", "java:comp/env/jdbc/sample"));
    }

    @AfterAll
    static void stop() {
        jaas.close();
    }

    @Test
    void t42_aLoginOfTheApplicationsOwnFailsAtTheContainerToo() {
        SampleClient browser = new SampleClient(jaas.uri());

        assertThat(browser.visit("async?login=1").status()).isEqualTo(500);
        assertNobody(browser);
        assertThat(browser.visit("secret/page").body()).doesNotContain("SECRET");
    }

    /** A stack that needs no guard for this: the next module takes what ours refused, and the password happens to look so. */
    @Test
    void t42_aPasswordThatLooksLikeATicketIsAPassword() throws Exception {
        String password = "pkt1." + "A".repeat(43);
        AppConfigurationEntry ours = new AppConfigurationEntry(
                "org.passkeygraft.jaas.PasskeyLoginModule", LoginModuleControlFlag.SUFFICIENT, Map.of());
        AppConfigurationEntry theirs = new AppConfigurationEntry(
                AccountModule.class.getName(),
                LoginModuleControlFlag.OPTIONAL,
                Map.of("dataSource", "java:comp/env/jdbc/sample", "anyPassword", "true"));
        try (JaasServer server = JaasServer.start(RunningSample.war(), REQUIRED, DoorServlets.all(), ours, theirs)) {
            try (Connection connection = server.dataSource().getConnection();
                    PreparedStatement change =
                            connection.prepareStatement("update app_user set password_hash = ? where name = 'bob'")) {
                change.setString(1, BCrypt.withDefaults().hashToString(4, password.toCharArray()));
                change.executeUpdate();
            }
            SampleClient browser = new SampleClient(server.uri());

            Answer refused = browser.visit("sign-on?name=bob&password=" + password);
            assertThat(refused.body())
                    .as(refused.status() + " " + refused.location())
                    .isEqualTo("refused " + DoorServlets.NOBODY);
            assertThat(browser.fetch("secret/who").body()).doesNotContain("bob");

            SoftwareAuthenticator device = SoftwareAuthenticator.synced();
            SampleClient owner = new SampleClient(server.uri());
            form(owner, "alice");
            owner.visit("secret/page");
            Answer options = owner.post("passkey/second-factor/binding/options", "{\"name\": \"Key\"}");
            owner.post("passkey/second-factor/binding", owner.registration(device, options.body()));
            SampleClient byTicket = new SampleClient(server.uri());
            String ticket = byTicket.post(
                            "passkey/ticket",
                            byTicket.assertion(device, byTicket.options("logon").body()))
                    .text("ticket");
            assertThat(byTicket.visit("sign-on?name=alice&password=" + ticket).body())
                    .as("a real one")
                    .startsWith("accepted alice alice ");
        }
    }

    @Test
    void t40_whomTheContainerLoggedOnByPasswordIsNobodyUntilTheOtherFactor() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient browser = halfLogged("bob");
        for (String path : new String[] {"secret/page?x=1", "public/page", "who", "", "style.css"}) {
            Answer answer = browser.visit(path);
            assertThat(answer.status()).as(path).isEqualTo(302);
            assertThat(answer.location()).startsWith(SECOND_FACTOR + "?to=");
            assertThat(answer.body()).isEmpty();
        }
        assertNobody(browser);
        assertThat(browser.submit("do", Map.of()).location()).isEqualTo(SECOND_FACTOR);
        assertThat(browser.visit("passkey/nothing").body()).doesNotContain("bob");
        assertThat(browser.fetch("passkey/passkeys").status()).isEqualTo(401);
        assertThat(browser.submit("passkey/confirm/password", Map.of("password", "bob"))
                        .location())
                .doesNotContain("/passkey/security");

        Answer options = browser.post("passkey/second-factor/binding/options", "{\"name\": \"Key\"}");
        assertThat(browser.post("passkey/second-factor/binding", browser.registration(device, options.body()))
                        .text("location"))
                .isEqualTo("/sample/");
        assertThat(browser.visit("secret/page").body()).contains("SECRET");
        assertThat(browser.me()).isEqualTo("bob");

        SampleClient again = halfLogged("bob");
        String asked = again.post("passkey/second-factor/options", "{}").body();
        Answer shown = again.post("passkey/second-factor/assertion", again.assertion(device, asked));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(again.me()).isEqualTo("bob");
        assertThat(again.bindingOptions("Other").status())
                .as("both factors were shown just now")
                .isEqualTo(200);

        SampleClient byTicket = new SampleClient(jaas.uri());
        Answer ticket = byTicket.post(
                "passkey/ticket",
                byTicket.assertion(device, byTicket.options("logon").body()));
        byTicket.visit("secret/page");
        byTicket.submit("j_security_check", Map.of("j_username", "bob", "j_password", ticket.text("ticket")));
        assertThat(byTicket.visit("secret/page").body()).contains("SECRET");
        assertThat(byTicket.bindingOptions("Other").status())
                .as("a passkey is a proof")
                .isEqualTo(200);
    }

    @Test
    void t41_anothersPassDoesNotCompleteTheContainersLogon() {
        SampleClient alice = halfLogged("alice");
        SampleClient bob = halfLogged("bob");
        alice.cookies().entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith("pk-"))
                .forEach(cookie -> bob.cookies().put(cookie.getKey(), cookie.getValue()));
        Answer options = bob.post("passkey/second-factor/binding/options", "{\"name\": \"Key\"}");
        assertThat(options.body()).contains("alice");
        bob.post("passkey/second-factor/binding", bob.registration(SoftwareAuthenticator.synced(), options.body()));

        assertNobody(bob);
        assertThat(bob.visit("secret/page").body()).doesNotContain("SECRET");
    }

    @Test
    void t42_whoGivesUpIsLoggedOffAtTheContainer() {
        SampleClient browser = halfLogged("bob");

        assertThat(browser.submit("passkey/second-factor/cancel", Map.of()).status())
                .isEqualTo(303);
        Answer ended = browser.visit("secret/page");
        assertThat(ended.location()).isEqualTo("/sample/secret/page");
        assertThat(browser.visit("secret/page").location()).contains("/login.jsp");
        assertNobody(browser);
    }

    @Test
    void t44_aPasswordThatIsNotAllowedAnyMoreIsEndedAtTheContainer() throws Exception {
        Map<String, String> strict = Map.of("passkey.policy.password", "while-no-passkey");
        try (JaasServer server = JaasServer.start(RunningSample.war(), strict, entry());
                LogLines log = new LogLines()) {
            SampleClient browser = new SampleClient(server.uri());
            form(browser, "alice");
            assertThat(browser.me()).isEqualTo("alice");
            browser.submit("passkey/confirm/password", Map.of("password", "alice"));
            assertThat(browser.bind(SoftwareAuthenticator.synced(), "Key").status())
                    .isEqualTo(201);

            SampleClient other = new SampleClient(server.uri());
            form(other, "alice");
            assertNobody(other);
            assertThat(log.containing("SESSION_ENDED").filter(line -> line.contains("PASSWORD_NOT_ALLOWED")))
                    .isNotEmpty();
        }
    }

    private static SampleClient halfLogged(String name) {
        SampleClient browser = new SampleClient(jaas.uri());
        assertThat(form(browser, name).location()).endsWith("/sample/secret/page");
        assertThat(browser.visit("secret/page").location()).startsWith(SECOND_FACTOR + "?to=");
        return browser;
    }

    private static void assertNobody(SampleClient browser) {
        assertThat(browser.me()).isEmpty();
        assertThat(browser.fetch("secret/who").body()).doesNotContain("bob", "alice");
    }

    private static Answer form(SampleClient browser, String name) {
        browser.visit("secret/page");
        return browser.submit("j_security_check", Map.of("j_username", name, "j_password", name));
    }
}
