package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Users and their passkeys over HTTP, for administrators and for those who are none. */
class UsersIT {
    private static final AtomicInteger USERS = new AtomicInteger();

    private static RunningSample sample;

    private final String username = "user" + USERS.incrementAndGet();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(20));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void t69_anAdministratorFindsAUserSeesThePasskeysWithTheirTimesAndRevokesThemAll() {
        SampleClient user = bind();
        sample.newBrowser().logOn(device);
        SampleClient alice = alice();

        assertThat(alice.fetch("passkey/admin/users?q=" + username.toUpperCase(java.util.Locale.ROOT))
                        .body())
                .contains("\"name\":\"" + username + "\"", "\"passkeys\":1");
        assertThat(alice.visit("passkey/admin/users?q=" + username).body()).contains(address());
        Answer page = alice.visit(address());
        assertThat(page.body()).contains(username, "Mine", "<time datetime=", "Revoke all");
        assertThat(alice.fetch(address()).body()).contains("\"createdAt\"", "\"lastUsedAt\":\"20");

        assertThat(alice.change(address() + "/passkeys/deletion", Map.of()).status())
                .isEqualTo(204);

        assertThat(alice.fetch(address()).body()).contains("\"passkeys\":[]");
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(401);
        assertThat(user.change("passkey/sessions/end", Map.of()).status()).isEqualTo(401);
    }

    @Test
    void oneIsRevokedAndAnotherUsersIsNotFound() {
        bind();
        SampleClient alice = alice();
        String passkey = passkey(alice);
        String bob = "passkey/admin/users/" + idOf(alice, "bob");

        Answer foreign = alice.change(bob + "/passkeys/" + passkey + "/deletion", Map.of());
        Answer unknown = alice.change(bob + "/passkeys/" + "A".repeat(43) + "/deletion", Map.of());
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());

        Answer form = alice.submit(address() + "/passkeys/" + passkey + "/deletion", Map.of());
        assertThat(form.status()).isEqualTo(303);
        assertThat(form.location()).isEqualTo("/sample/" + address() + "?notice=revoked");
        assertThat(alice.visit(form.location()).body()).contains("The passkey is revoked.");
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(401);
    }

    @Test
    void t52_whoIsNoAdministratorSeesAndChangesNothing() {
        bind();
        String address = address();
        String passkey = passkey(alice());
        SampleClient bob = loggedOn("bob", "bob");

        assertThat(List.of(
                        bob.fetch("passkey/admin/users?q=" + username),
                        bob.fetch(address),
                        bob.change("passkey/admin/users", Map.of("name", username)),
                        bob.change(address + "/passkeys/" + passkey + "/deletion", Map.of()),
                        bob.change(address + "/passkeys/deletion", Map.of()),
                        bob.change(address + "/sessions/end", Map.of()),
                        bob.change(address + "/reset", Map.of())))
                .allMatch(answer -> answer.status() == 403 && answer.code().equals("forbidden"));
        assertThat(bob.fetch(address + "/passkeys/deletion").status()).isEqualTo(405);
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(200);
    }

    @Test
    void t47_anIdThatIsNobodysIsNotFoundWhateverIsAsked() {
        SampleClient alice = alice();
        String nobody = "passkey/admin/users/" + "A".repeat(43);

        assertThat(List.of(
                        alice.fetch(nobody),
                        alice.change(nobody + "/passkeys/deletion", Map.of()),
                        alice.change(nobody + "/sessions/end", Map.of()),
                        alice.change(nobody + "/reset", Map.of()),
                        alice.fetch("passkey/admin/users/alice")))
                .allMatch(answer -> answer.status() == 404 && answer.code().equals("not-found"));
    }

    @Test
    void ownPasskeysAreNotChangedHere() {
        SampleClient alice = alice();
        String own = "passkey/admin/users/" + idOf(alice, "alice");

        assertThat(alice.change(own + "/passkeys/deletion", Map.of()).code()).isEqualTo("own-account");
        assertThat(alice.submit(own + "/reset", Map.of()).body()).contains("another administrator");
        assertThat(alice.visit(own).body()).contains("your own account").doesNotContain("Revoke all");
    }

    @Test
    void aResetLeadsFromThePassToTheLogonWithTheNewPasskey() {
        SampleClient left = bind();
        SampleClient alice = alice();
        String link = alice.change(address() + "/reset", Map.of()).text("link");
        assertThat(link).startsWith(alice.origin() + "/sample/passkey/reset?pass=");
        String pass = link.substring(link.indexOf('=') + 1);

        SampleClient user = sample.newBrowser();
        Answer page = user.visit(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Bind a new passkey").doesNotContain(username);
        assertThat(page.body().replace(pass, "A".repeat(43)))
                .as("nothing tells a pass from none")
                .isEqualTo(user.visit("passkey/reset?pass=" + "A".repeat(43)).body());
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");

        Answer wrong = user.submit("passkey/reset", Map.of("pass", pass, "password", "wrong"));
        Answer none = user.submit("passkey/reset", Map.of("pass", "A".repeat(43), "password", "password"));
        assertThat(List.of(wrong.status(), none.status())).containsOnly(401);
        assertThat(wrong.body().replace(pass, "A".repeat(43))).isEqualTo(none.body());

        Answer right = user.submit("passkey/reset", Map.of("pass", pass, "password", "password"));
        assertThat(right.status()).isEqualTo(303);
        assertThat(right.location()).isEqualTo("/sample/passkey/reset/bind");
        assertThat(user.visit(right.location()).body()).contains(username);
        assertThat(user.me()).as("nobody is logged on").isEmpty();
        assertThat(user.fetch("passkey/passkeys").status()).isEqualTo(401);

        SoftwareAuthenticator found = SoftwareAuthenticator.synced();
        String made = user.registration(
                found, user.post("passkey/reset/options", "{\"name\": \"New\"}").body());
        assertThat(user.post("passkey/reset/passkey", made).status()).isEqualTo(201);
        assertThat(user.me()).isEmpty();
        assertThat(user.post("passkey/reset/options", "{\"name\": \"Another\"}").code())
                .isEqualTo("ceremony-expired");

        assertThat(sample.newBrowser().logOn(found).status()).isEqualTo(200);
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(401);
        assertThat(left.change("passkey/sessions/end", Map.of()).status()).isEqualTo(401);
        assertThat(user.submit("passkey/reset", Map.of("pass", pass, "password", "password"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ofTwoWhoSendOnePassAtOnceOneIsLedOn() {
        bind();
        String link = alice().change(address() + "/reset", Map.of()).text("link");
        String pass = link.substring(link.indexOf('=') + 1);

        List<Integer> answers = AtOnce.run(
                2,
                number -> sample.newBrowser()
                        .submit("passkey/reset", Map.of("pass", pass, "password", "password"))
                        .status());

        assertThat(answers).containsExactlyInAnyOrder(303, 401);
    }

    @Test
    void anAdministratorsResetNeedsASecondAdministratorWhoeverAsksFirst() throws Exception {
        bind();
        appoint(username);
        String address = address();
        SampleClient alice = alice();
        SampleClient second = administrator();

        Answer asked = alice.submit(address + "/reset", Map.of());
        assertThat(asked.location()).isEqualTo("/sample/" + address + "?notice=reset-requested");
        String request =
                alice.fetch(address).json().requireObject("resetRequest").requireText("id");
        Map<String, String> approval = Map.of("request", request);
        assertThat(alice.visit(address).body()).doesNotContain("passkey/reset?pass=");
        assertThat(alice.change(address + "/reset", approval).code())
                .as("nobody approves what they asked for")
                .isEqualTo("own-request");
        assertThat(loggedOn("bob", "bob").change(address + "/reset", approval).code())
                .isEqualTo("forbidden");
        assertThat(second.change(address + "/reset", Map.of("request", "A".repeat(43)))
                        .code())
                .isEqualTo("stale");
        assertThat(sample.newBrowser().logOn(device).status())
                .as("nothing has changed yet")
                .isEqualTo(200);

        String link = second.change(address + "/reset", approval).text("link");
        assertThat(second.change(address + "/reset", approval).code())
                .as("one wish, one pass")
                .isEqualTo("stale");
        String pass = link.substring(link.indexOf('=') + 1);
        assertThat(sample.newBrowser()
                        .submit("passkey/reset", Map.of("pass", pass, "password", "password"))
                        .location())
                .isEqualTo("/sample/passkey/reset/bind");
    }

    /** A locked account comes without roles, so nobody can tell whether it is an administrator's. */
    @Test
    void t122_aLockedAccountKeepsItsLastPasskey() throws Exception {
        bind();
        appoint(username);
        SampleClient alice = alice();
        String passkey = passkey(alice);
        List<String> deletions =
                List.of(address() + "/passkeys/deletion", address() + "/passkeys/" + passkey + "/deletion");
        change("update app_user set locked = true where name = ?", username);

        for (String deletion : deletions) {
            assertThat(alice.change(deletion, Map.of()).code()).isEqualTo("second-administrator");
            assertThat(alice.submit(deletion, Map.of()).status()).isEqualTo(403);
        }
        assertThat(alice.visit(address()).body())
                .contains("may be an administrator")
                .doesNotContain("to-revoke-");

        change("update app_user set locked = false where name = ?", username);
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(200);
    }

    @Test
    void neitherThePassNorThePasswordIsLogged() {
        bind();
        SampleClient alice = alice();
        try (LogLines log = new LogLines()) {
            String link = alice.change(address() + "/reset", Map.of()).text("link");
            String pass = link.substring(link.indexOf('=') + 1);
            SampleClient user = sample.newBrowser();
            user.visit(link);
            user.submit("passkey/reset", Map.of("pass", pass, "password", "my other password"));
            user.submit("passkey/reset", Map.of("pass", pass, "password", "password"));

            assertThat(log.containing("RESET_ISSUED account=\"" + username + "\""))
                    .hasSize(1);
            assertThat(log.containing("RESET_USED account=\"" + username + "\""))
                    .hasSize(1);
            assertThat(log.containing("RESET_REFUSED account=\"" + username + "\""))
                    .hasSize(1);
            assertThat(log.containing(pass)).isEmpty();
            assertThat(log.containing("my other password")).isEmpty();
            user.cookies()
                    .values()
                    .forEach(cookie -> assertThat(log.containing(cookie)).isEmpty());
        }
    }

    @Test
    void whoLogsOffEverywhereStaysLoggedOnHereOnly() {
        SampleClient here = loggedOn(username, "password");
        SampleClient there = loggedOn(username, "password");

        assertThat(here.submit("passkey/sessions/end", Map.of()).location())
                .isEqualTo("/sample/passkey/security?notice=sessions-ended");

        assertThat(here.bind(device, "Mine").status()).isEqualTo(201);
        assertThat(there.bind(SoftwareAuthenticator.synced(), "Thief's").code()).isEqualTo("authentication-required");
    }

    /** Whoever has a session but no proof cannot keep the owner out: the own session ends first. */
    @Test
    void t123_logOffEverywhereWithoutProofEndsTheThiefToo() {
        SampleClient owner = bind();
        SampleClient thief = loggedOn(username, "password");
        assertThat(thief.visit("passkey/security").body()).contains("all your sessions, also this one");

        Answer ended = thief.submit("passkey/sessions/end", Map.of());
        assertThat(ended.location()).isEqualTo("/sample/passkey/logon?notice=all-sessions-ended");
        assertThat(thief.me()).isEmpty();
        assertThat(thief.submit("passkey/sessions/end", Map.of()).location()).contains("/passkey/logon");
        assertThat(owner.bind(SoftwareAuthenticator.synced(), "Two").status()).isEqualTo(401);

        SampleClient again = loggedOn(username, "password");
        assertThat(again.change("passkey/sessions/end", Map.of()).status()).isEqualTo(429);
        assertThat(again.me()).isEqualTo(username);

        SampleClient proven = sample.newBrowser();
        assertThat(proven.logOn(device).status()).isEqualTo(200);
        assertThat(proven.visit("passkey/security").body()).contains("you stay logged on here");
        assertThat(proven.submit("passkey/sessions/end", Map.of()).location())
                .isEqualTo("/sample/passkey/security?notice=sessions-ended");
        assertThat(proven.me()).isEqualTo(username);
        assertThat(again.change("passkey/sessions/end", Map.of()).status()).isEqualTo(401);
    }

    @Test
    void t127_auditsForeignPasskeyThatWasLookedAtOrChanged() {
        bind();
        String foreign = passkey(alice());
        SampleClient bob = loggedOn("bob", "bob");
        try (LogLines log = new LogLines()) {
            assertThat(bob.fetch("passkey/passkeys/" + foreign).status()).isEqualTo(404);
            assertThat(bob.change("passkey/passkeys/" + foreign + "/deletion", Map.of())
                            .status())
                    .isIn(403, 404);
            assertThat(bob.change("passkey/passkeys/" + foreign + "/name", Map.of("name", "Mine"))
                            .status())
                    .isIn(403, 404);

            assertThat(log.containing("CHANGE_REFUSED account=\"bob\"")).hasSize(3);
            assertThat(log.containing("passkey=\"" + foreign)).hasSize(3);
        }
    }

    private SampleClient bind() {
        SampleClient user = loggedOn(username, "password");
        assertThat(user.bind(device, "Mine").status()).isEqualTo(201);
        return user;
    }

    private String address() {
        return "passkey/admin/users/" + idOf(alice(), username);
    }

    /** Of an account that has passkeys, or is made known now. */
    private static String idOf(SampleClient administrator, String name) {
        String location = administrator
                .change("passkey/admin/users", Map.of("name", name))
                .text("location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String passkey(SampleClient administrator) {
        String body = administrator.fetch(address()).body();
        String member = "\"passkeys\":[{\"id\":\"";
        int start = body.indexOf(member) + member.length();
        return body.substring(start, start + 43);
    }

    /** Another than Alice. */
    private static SampleClient administrator() throws SQLException {
        String name = "user" + USERS.incrementAndGet();
        appoint(name);
        return loggedOn(name, "password");
    }

    private static void appoint(String name) throws SQLException {
        change("insert into app_user_role (user_id, role) select id, 'admin' from app_user where name = ?", name);
    }

    private static void change(String sql, String name) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static SampleClient alice() {
        return loggedOn("alice", "alice");
    }

    private static SampleClient loggedOn(String name, String password) {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(name, password).status()).isEqualTo(303);
        return browser;
    }
}
