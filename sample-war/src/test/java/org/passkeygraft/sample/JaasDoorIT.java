package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.sample.launcher.JaasServer;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** The JAAS door on Jetty: the application's own FORM, and a logon ticket in the place of the password. */
class JaasDoorIT {
    private static final String OURS = "org.passkeygraft.jaas.PasskeyLoginModule";
    private static final Map<String, String> DATA_SOURCE = Map.of("dataSource", "java:comp/env/jdbc/sample");
    private static final int ENOUGH_FOR_A_RECHECK = 1_200;

    private final LogLines log = new LogLines();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    /** The two ways in which our module stands before the application's. */
    enum Stand {
        DELEGATE {
            @Override
            AppConfigurationEntry[] entry() {
                return new AppConfigurationEntry[] {
                    line(
                            OURS,
                            LoginModuleControlFlag.REQUIRED,
                            Map.of(
                                    "delegate",
                                    AccountModule.class.getName(),
                                    "delegate.dataSource",
                                    "java:comp/env/jdbc/sample"))
                };
            }
        },
        STACK {
            @Override
            AppConfigurationEntry[] entry() {
                return new AppConfigurationEntry[] {
                    line(OURS, LoginModuleControlFlag.SUFFICIENT, Map.of()),
                    line(OURS, LoginModuleControlFlag.REQUISITE, Map.of("guard", "true")),
                    line(AccountModule.class.getName(), LoginModuleControlFlag.REQUIRED, DATA_SOURCE)
                };
            }
        };

        abstract AppConfigurationEntry[] entry();

        private static AppConfigurationEntry line(String module, LoginModuleControlFlag flag, Map<String, ?> options) {
            return new AppConfigurationEntry(module, flag, options);
        }
    }

    @AfterEach
    void endLog() {
        log.close();
    }

    private static JaasServer start(Stand stand) throws Exception {
        return JaasServer.start(RunningSample.war(), Map.of("passkey.session.recheck", "1s"), stand.entry());
    }

    @ParameterizedTest
    @EnumSource
    void passwordAndTicketComeThroughTheApplicationsOwnForm(Stand stand) throws Exception {
        try (JaasServer server = start(stand)) {
            SampleClient alice = new SampleClient(server.uri());
            assertThat(form(alice, "alice", "alice").location()).endsWith("/sample/secret/page");
            assertThat(alice.visit("secret/page").body()).contains("SECRET");
            assertThat(alice.visit("admin/page").status()).isEqualTo(200);
            bind(alice);

            SampleClient browser = new SampleClient(server.uri());
            String ticket = ticket(browser);
            assertThat(browser.me()).as("a ticket is no logon").isEmpty();
            assertThat(form(browser, "alice", ticket).location()).endsWith("/sample/secret/page");
            assertThat(browser.visit("secret/page").body()).contains("SECRET");
            assertThat(browser.visit("admin/page").status()).isEqualTo(200);
            assertThat(browser.fetch("api/me").body()).contains("\"alice\"", "admin", "user");

            assertRefused(new SampleClient(server.uri()), "alice", ticket);
            assertRefused(new SampleClient(server.uri()), "bob", ticket(new SampleClient(server.uri())));
            assertRefused(new SampleClient(server.uri()), "alice", "pkt1.forged");
            assertRefused(new SampleClient(server.uri()), "alice", "wrong");
            assertRefused(new SampleClient(server.uri()), "carol", "carol");

            SampleClient bob = new SampleClient(server.uri());
            form(bob, "bob", "bob");
            assertThat(bob.visit("secret/page").status()).isEqualTo(200);
            assertThat(bob.visit("admin/page").status()).isEqualTo(403);
        }
        assertThat(log.containing("TICKET_ISSUED account=\"alice\"")).hasSize(2);
        assertThat(log.containing("LOGON account=\"alice\"").filter(line -> line.contains("passkey")))
                .hasSize(1);
        assertThat(log.containing("LOGON_REFUSED account=\"alice\"").filter(line -> line.contains("CEREMONY_UNKNOWN")))
                .as("one used twice, one forged")
                .hasSize(2);
        assertThat(log.containing("LOGON_REFUSED account=\"bob\"").filter(line -> line.contains("WRONG_ACCOUNT")))
                .hasSize(1);
        assertThat(log.containing("PASSKEY_BOUND")).hasSize(1);
    }

    /** T-37: the lock counts when the ticket comes, not when it was given out. */
    @Test
    void t37_anAccountThatIsLockedBetweenTicketAndFormStaysOut() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient alice = new SampleClient(server.uri());
            form(alice, "alice", "alice");
            bind(alice);
            SampleClient browser = new SampleClient(server.uri());
            String ticket = ticket(browser);
            lock(server, "alice", true);
            assertRefused(browser, "alice", ticket);
            lock(server, "alice", false);
            assertRefused(browser, "alice", ticket);
        }
    }

    @Test
    void t117_aLockEndsTheContainersLogonWithinTheRecheck() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient page = new SampleClient(server.uri());
            form(page, "bob", "bob");
            assertThat(page.visit("secret/page?x=1").status()).isEqualTo(200);
            SampleClient script = new SampleClient(server.uri());
            form(script, "bob", "bob");
            assertThat(script.me()).isEqualTo("bob");
            lock(server, "bob", true);
            Thread.sleep(ENOUGH_FOR_A_RECHECK);

            Answer ended = page.visit("secret/page?x=1");
            assertThat(ended.status()).isEqualTo(302);
            assertThat(ended.location()).isEqualTo("/sample/secret/page?x=1");
            assertThat(page.visit("secret/page?x=1").location()).contains("/login.jsp");
            assertThat(script.fetch("api/me").code()).isEqualTo("authentication-required");
            assertThat(script.me()).isEmpty();
            assertThat(log.containing("SESSION_ENDED account=\"bob\"").filter(line -> line.contains("UNUSABLE")))
                    .hasSize(2);

            lock(server, "bob", false);
            form(page, "bob", "bob");
            assertThat(page.me()).isEqualTo("bob");
        }
    }

    @Test
    void t117_whoLogsOffEverywhereOrLosesAPasskeyIsOutInEveryBrowser() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient alice = new SampleClient(server.uri());
            form(alice, "alice", "alice");
            bind(alice);
            SampleClient thief = new SampleClient(server.uri());
            form(thief, "alice", ticket(thief));
            assertThat(thief.me()).isEqualTo("alice");

            assertThat(alice.confirm(device).status()).isEqualTo(200);
            String id = alice.fetch("passkey/passkeys").body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
            assertThat(alice.change("passkey/passkeys/" + id + "/deletion", Map.of())
                            .status())
                    .isEqualTo(204);
            Thread.sleep(ENOUGH_FOR_A_RECHECK);

            assertThat(thief.fetch("api/me").status()).isEqualTo(401);
            assertThat(thief.me()).isEmpty();
            assertThat(alice.me()).as("the one who did it stays").isEqualTo("alice");
        }
    }

    @Test
    void theContainersCallerHasToProveItselfBeforeAChange() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient alice = new SampleClient(server.uri());
            form(alice, "alice", "alice");
            String session = String.valueOf(alice.cookies().get("JSESSIONID"));
            assertThat(alice.visit("passkey/security").status()).isEqualTo(200);
            assertThat(alice.cookies()).as("no new session id").containsEntry("JSESSIONID", session);
            assertThat(alice.bindingOptions("Laptop").code()).isEqualTo("confirmation-required");
            assertThat(confirm(alice, "wrong").status()).isEqualTo(401);
            assertThat(confirm(alice, "alice").status()).isEqualTo(303);
            assertThat(alice.bind(device, "Laptop").status()).isEqualTo(201);
            assertThat(alice.me()).as("the session id has changed").isEqualTo("alice");
            assertThat(confirm(alice, "alice").status())
                    .as("a password proves nothing any more")
                    .isEqualTo(403);
        }
    }

    @Test
    void whoMustLogOnForOurPagesIsSentWhereTheContainerAsks() throws Exception {
        Map<String, String> settings = Map.of("passkey.logon-page", "/secret/page");
        try (JaasServer server = JaasServer.start(RunningSample.war(), settings, Stand.DELEGATE.entry())) {
            for (String path : List.of("passkey/security", "login")) {
                SampleClient browser = new SampleClient(server.uri());
                Answer challenged = browser.visit(path);
                assertThat(challenged.status()).isEqualTo(302);
                assertThat(challenged.location()).startsWith("/sample/secret/page?to=");
                assertThat(path(browser.visit(path(challenged)))).isEqualTo("/sample/login.jsp");
                assertThat(path(submit(browser, "alice", "alice"))).isEqualTo(challenged.location());
                assertThat(browser.visit("passkey/security").status()).isEqualTo(200);
                String target = challenged.location().replaceFirst(".*\\?", "?");
                assertThat(browser.visit("passkey/logon" + target).location()).isEqualTo("/sample/" + path);
            }
            assertThat(new SampleClient(server.uri()).fetch("login").status()).isEqualTo(401);
        }
    }

    @Test
    void ourLogonPageLeadsToTheApplication() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient browser = new SampleClient(server.uri());
            Answer challenged = browser.visit("passkey/security");
            assertThat(challenged.location()).startsWith("/sample/passkey/logon?to=");
            assertThat(browser.visit(path(challenged)).location()).isEqualTo("/sample/");
        }
    }

    /** The container's realm may have callers that the accounts do not know: they are its own affair. */
    @Test
    void whomOnlyTheContainerKnowsIsLeftAloneAndSentInNoCircle() throws Exception {
        Map<String, String> nobodyKnown = Map.of(
                "passkey.accounts.sql.by-name",
                "select id as account_key, name as account_name, password_hash from app_user"
                        + " where name = :name and 1 = 0");
        try (JaasServer server = JaasServer.start(RunningSample.war(), nobodyKnown, Stand.DELEGATE.entry())) {
            SampleClient browser = new SampleClient(server.uri());
            form(browser, "bob", "bob");
            assertThat(browser.visit("secret/page").status()).isEqualTo(200);
            assertThat(browser.me()).isEqualTo("bob");
            Answer sent = browser.visit("passkey/security");
            assertThat(sent.location()).startsWith("/sample/passkey/logon?to=");
            assertThat(browser.visit(path(sent)).location()).isEqualTo("/sample/");
        }
    }

    @Test
    void t87_theApplicationsLogoutAndOursEndBoth() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            for (Supplier<SampleClient> logged : List.<Supplier<SampleClient>>of(
                    () -> {
                        SampleClient browser = logged(server, "bob");
                        assertThat(browser.visit("logout").status()).isEqualTo(302);
                        return browser;
                    },
                    () -> {
                        SampleClient browser = logged(server, "bob");
                        assertThat(browser.submit("passkey/logout", Map.of()).status())
                                .isEqualTo(303);
                        return browser;
                    })) {
                SampleClient browser = logged.get();
                assertThat(browser.me()).isEmpty();
                assertThat(browser.fetch("passkey/passkeys").status()).isEqualTo(401);
                assertThat(browser.visit("secret/page").location()).contains("/login.jsp");
            }
            assertThat(log.containing("LOGOFF account=\"bob\"")).hasSize(2);
        }
    }

    /** T-116: a record is followed by the container's caller, never the other way round. */
    @Test
    void t116_anotherCallerInTheSameSessionHasNothingOfTheFirstOnes() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient browser = logged(server, "alice");
            assertThat(confirm(browser, "alice").status()).isEqualTo(303);
            assertThat(browser.bindingOptions("Laptop").status()).isEqualTo(200);

            SampleClient alices = browser.copy();
            assertThat(form(browser, "bob", "bob").status()).isIn(302, 303);
            assertThat(browser.me())
                    .as("what alice left there goes with the session")
                    .isEmpty();
            assertThat(alices.me()).isEmpty();
            browser = logged(server, "bob");
            assertThat(browser.me()).isEqualTo("bob");
            assertThat(browser.visit("passkey/security").body()).contains("bob").doesNotContain("alice");
            assertThat(browser.bindingOptions("Laptop").code()).isEqualTo("confirmation-required");
        }
    }

    @Test
    void ourOwnLogonsAreNotThereForTheContainerWouldNotKnowOfThem() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient alice = logged(server, "alice");
            bind(alice);
            SampleClient browser = new SampleClient(server.uri());
            assertThat(browser.logOn(device).status()).isEqualTo(404);
            assertThat(browser.logOn("alice", "alice").status()).isEqualTo(404);
            assertThat(browser.submit("passkey/logon", Map.of("username", "alice"))
                            .status())
                    .isEqualTo(404);
            assertThat(browser.me()).isEmpty();
            assertThat(browser.cookies()).doesNotContainKey("JSESSIONID");
        }
    }

    @Test
    void aTicketIsRefusedLikeALogon() throws Exception {
        try (JaasServer server = start(Stand.DELEGATE)) {
            SampleClient alice = logged(server, "alice");
            bind(alice);
            SampleClient browser = new SampleClient(server.uri());
            assertThat(browser.post("passkey/ticket", "{}").code()).isEqualTo("invalid-request");
            String answer = browser.assertion(device, browser.options("logon").body());
            String stolen = new SampleClient(server.uri())
                    .post("passkey/ticket", answer)
                    .code();
            assertThat(stolen).as("without the cookie").isEqualTo("ceremony-expired");
            lock(server, "alice", true);
            assertThat(browser.post("passkey/ticket", answer).code()).isEqualTo("authentication-failed");
            lock(server, "alice", false);
            assertThat(browser.post("passkey/ticket", answer).code()).isEqualTo("ceremony-expired");
            HttpRequest.Builder foreign = browser.request("passkey/ticket")
                    .header("Content-Type", "application/json")
                    .header("Origin", "https://evil.example")
                    .header("Sec-Fetch-Site", "cross-site")
                    .POST(HttpRequest.BodyPublishers.ofString(answer));
            assertThat(browser.send(foreign).status()).isEqualTo(403);

            Answer good = browser.post(
                    "passkey/ticket",
                    browser.assertion(device, browser.options("logon").body()));
            assertThat(good.status()).isEqualTo(200);
            assertThat(good.header("Cache-Control")).isEqualTo("no-store");
            assertThat(browser.cookies().keySet())
                    .as("nothing is left of the ceremony")
                    .singleElement()
                    .asString()
                    .endsWith("-ticket-followed");
        }
    }

    @Test
    void inOtherDoorsThereAreNoTickets() throws Exception {
        try (RunningSample sample = RunningSample.start()) {
            SampleClient browser = sample.newBrowser();
            assertThat(browser.post("passkey/ticket", "{}").code()).isEqualTo("not-found");
        }
    }

    @Test
    void t88_withoutTheFilterBehindItTheDoorStaysShut() throws Exception {
        Map<String, String> settings = Map.of("passkey.filter", "off");

        assertThatThrownBy(() -> JaasServer.start(RunningSample.war(), settings, Stand.DELEGATE.entry()))
                .hasStackTraceContaining("passkey.door=jaas need the filter");
    }

    private void bind(SampleClient alice) {
        assertThat(confirm(alice, "alice").status()).isEqualTo(303);
        assertThat(alice.bind(device, "Laptop").status()).isEqualTo(201);
    }

    private static Answer confirm(SampleClient browser, String password) {
        return browser.submit("passkey/confirm/password", Map.of("password", password));
    }

    private String ticket(SampleClient browser) {
        Answer given = browser.post(
                "passkey/ticket",
                browser.assertion(device, browser.options("logon").body()));
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.text("username")).isEqualTo("alice");
        return given.text("ticket");
    }

    private static SampleClient logged(JaasServer server, String name) {
        SampleClient browser = new SampleClient(server.uri());
        form(browser, name, name);
        assertThat(browser.me()).isEqualTo(name);
        return browser;
    }

    private static void assertRefused(SampleClient browser, String name, String password) {
        assertThat(form(browser, name, password).location()).contains("/login-error.jsp");
        assertThat(browser.me()).isEmpty();
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
    }

    /** What somebody does who asks for something protected: is led to the form, and fills it in. */
    private static Answer form(SampleClient browser, String name, String password) {
        browser.visit("secret/page");
        return submit(browser, name, password);
    }

    private static Answer submit(SampleClient browser, String name, String password) {
        return browser.submit("j_security_check", Map.of("j_username", name, "j_password", password));
    }

    private static String path(Answer redirect) {
        URI location = URI.create(redirect.location());
        return location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
    }

    private static void lock(JaasServer server, String name, boolean locked) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update app_user set locked = ? where name = ?")) {
            update.setBoolean(1, locked);
            update.setString(2, name);
            update.executeUpdate();
        }
    }
}
