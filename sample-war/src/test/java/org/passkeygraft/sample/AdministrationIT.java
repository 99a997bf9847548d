package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** Who gets into the administration, and what they do there. */
class AdministrationIT {
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(20));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void anAdministratorSeesTheSettingsAndTheWayThere() {
        SampleClient alice = loggedOn("alice", "alice");

        assertThat(alice.visit("passkey/security").body()).contains("/sample/passkey/admin\"");
        Answer page = alice.visit("passkey/admin");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Allow users to login with passkey", "aria-current=\"page\"");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void t52_whoIsNoAdministratorIsRefusedAndAudited() {
        SampleClient bob = loggedOn("bob", "bob");
        try (LogLines log = new LogLines()) {
            Answer page = bob.visit("passkey/admin");
            Answer data = bob.fetch("passkey/admin");

            assertThat(page.status()).isEqualTo(403);
            assertThat(page.body()).contains("not allowed").doesNotContain("Allow users to login");
            assertThat(data.status()).isEqualTo(403);
            assertThat(data.code()).isEqualTo("forbidden");
            assertThat(log.containing("ADMINISTRATION_REFUSED account=\"bob\"")).hasSize(2);
        }
        assertThat(bob.visit("passkey/security").body()).doesNotContain("/passkey/admin");
    }

    @Test
    void t52_nobodyIsChallenged() {
        assertThat(sample.newBrowser().visit("passkey/admin").location()).startsWith("/sample/passkey/logon?to=");
        assertThat(sample.newBrowser().fetch("passkey/admin").code()).isEqualTo("authentication-required");
    }

    @Test
    void t52_aRoleJustTakenAwayIsMissedAlthoughTheSessionStillHasIt() throws Exception {
        change("insert into app_user_role (user_id, role) select id, 'admin' from app_user where name = ?", "user1");
        SampleClient former = loggedOn("user1", "password");
        assertThat(former.visit("passkey/admin").status()).isEqualTo(200);

        change(
                "delete from app_user_role where role = 'admin'"
                        + " and user_id = (select id from app_user where name = ?)",
                "user1");

        assertThat(former.visit("passkey/admin").status()).isEqualTo(403);
    }

    private static SampleClient loggedOn(String name, String password) {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn(name, password).status()).isEqualTo(303);
        return browser;
    }

    private static void change(String sql, String name) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
