package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Who gets into the administration, and what they do there. */
class AdministrationIT {
    private static final List<String> FIELDS = List.of(
            "version",
            "allowed",
            "maximum",
            "offer-to-bind",
            "silent-upgrade",
            "password",
            "second-factor",
            "second-factor-after-passkey",
            "one-time-codes",
            "recovery-codes",
            "attested",
            "model-rule",
            "models",
            "logon-suffix",
            "custom-logon-suffixes");

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

    @Test
    void whereRecoveryCodesAreOffTheBackupPageOffersNone() throws Exception {
        SampleClient alice = loggedOn("alice", "alice");
        SampleClient user = loggedOn("user9", "password");
        user.bind(SoftwareAuthenticator.synced(), "Phone");
        assertThat(user.visit("passkey/backup").body()).contains("Make new codes");
        Map<String, String> form = form(alice);
        Map<String, String> without = new HashMap<>(form);
        without.put("recovery-codes", "off");
        assertThat(alice.change("passkey/admin/settings", without).status()).isEqualTo(204);

        assertThat(user.visit("passkey/backup").body())
                .contains("recovery codes stand in for a passkey")
                .doesNotContain("Make new codes");

        form.put("version", form(alice).get("version"));
        assertThat(alice.change("passkey/admin/settings", form).status()).isEqualTo(204);
    }

    @Test
    void theSettingsAreReadAndChangedAsData() throws Exception {
        SampleClient alice = loggedOn("alice", "alice");
        Map<String, String> form = form(alice);
        assertThat(form).containsEntry("allowed", "true").containsEntry("maximum", "5");
        form.put("maximum", "7");
        form.put("custom-logon-suffixes", "Branch\nexample.org");
        try (LogLines log = new LogLines()) {
            Answer changed = alice.change("passkey/admin/settings", form);

            assertThat(changed.status()).as(changed.body()).isEqualTo(204);
            assertThat(log.containing("POLICY_CHANGED account=\"alice\""))
                    .singleElement(as(STRING))
                    .contains("maximum=\"was 5, is 7\"", "custom-logon-suffixes=", "example.org");
        }
        assertThat(form(alice))
                .containsEntry("version", Long.toString(Long.parseLong(form.get("version")) + 1))
                .containsEntry("maximum", "7")
                .containsEntry("custom-logon-suffixes", "branch\nexample.org");

        Answer late = alice.change("passkey/admin/settings", form);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("stale");
        Answer page = alice.submit("passkey/admin/settings", form);
        assertThat(page.status()).isEqualTo(409);
        assertThat(page.body()).contains("Somebody else changed the settings meanwhile");
    }

    @Test
    void whatCannotBeIsRefusedAtItsFieldAndNothingChanges() {
        SampleClient alice = loggedOn("alice", "alice");
        Map<String, String> form = form(alice);
        form.put("maximum", "0");
        form.put("models", "YubiKey");

        Answer data = alice.change("passkey/admin/settings", form);
        Answer page = alice.submit("passkey/admin/settings", form);

        assertThat(data.status()).isEqualTo(422);
        assertThat(data.code()).isEqualTo("invalid-settings");
        assertThat(data.body()).contains("\"fields\":[\"maximum\",\"models\"]");
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.body()).contains("whole number from 1 to 100", "YubiKey</textarea>");
        assertThat(form(alice)).isNotEqualTo(form).containsEntry("version", form.get("version"));
    }

    @Test
    void t51_settingsThatLetNobodyInAreRefusedWithTheRemedy() {
        SampleClient alice = loggedOn("alice", "alice");
        Map<String, String> form = form(alice);
        form.remove("allowed");
        form.put("password", "while-no-passkey");
        form.put("understood", "true");

        Answer data = alice.change("passkey/admin/settings", form);
        Answer page = alice.submit("passkey/admin/settings", form);

        assertThat(data.status()).isEqualTo(409);
        assertThat(data.code()).isEqualTo("policy-conflict");
        assertThat(data.body()).contains("\"conflicts\":[\"no-way-in\"]");
        assertThat(page.status()).isEqualTo(409);
        assertThat(page.body()).contains("Allow the password, or allow passkeys");
        assertThat(form(alice)).containsEntry("allowed", "true").containsEntry("password", "allowed");
    }

    @Test
    void t52_nobodyElseChangesTheSettingsAndNoLinkDoes() {
        Map<String, String> form = form(loggedOn("alice", "alice"));
        form.put("maximum", "9");
        // All of it, for a part is refused as a form that is not filled in.
        String query = form.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));

        assertThat(loggedOn("bob", "bob").change("passkey/admin/settings", form).code())
                .isEqualTo("forbidden");
        assertThat(loggedOn("bob", "bob").submit("passkey/admin/settings", form).status())
                .isEqualTo(403);
        assertThat(loggedOn("bob", "bob").fetch("passkey/admin/settings").code())
                .isEqualTo("forbidden");
        assertThat(sample.newBrowser().change("passkey/admin/settings", form).code())
                .isEqualTo("authentication-required");
        SampleClient alice = loggedOn("alice", "alice");
        alice.visit("passkey/admin/settings" + query);
        alice.visit("passkey/admin" + query + "&modify");
        assertThat(form(alice)).doesNotContainEntry("maximum", "9");
    }

    /** What the form holds that an administrator gets to see. */
    static Map<String, String> form(SampleClient administrator) {
        Answer settings = administrator.fetch("passkey/admin/settings");
        Map<String, String> form = new HashMap<>();
        for (String field : FIELDS) {
            form.put(field, value(settings, field));
        }
        return form;
    }

    private static String value(Answer answer, String field) {
        try {
            JsonObject settings = answer.json();
            return switch (field) {
                case "version", "maximum" -> answer.body().replaceFirst(".*\"" + field + "\":([0-9]+).*", "$1");
                case "allowed", "offer-to-bind", "silent-upgrade", "second-factor-after-passkey", "attested" ->
                    settings.flag(field).orElseThrow().toString();
                case "models", "custom-logon-suffixes" -> String.join("\n", settings.texts(field));
                default -> settings.requireText(field);
            };
        } catch (JsonException otherType) {
            throw new IllegalStateException(field, otherType);
        }
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
