package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-59: names of users and passkeys, addresses and fields that are markup stay text on every page and in every answer. */
class MarkupIT {
    private static final String MARKUP = "\"'><img src=x onerror=alert(1)>";
    private static final String ESCAPED = "&lt;img src=x onerror=alert(1)&gt;";
    private static final String ENCODED = URLEncoder.encode(MARKUP, StandardCharsets.UTF_8);
    private static final String OTHER = "other " + MARKUP;

    private static RunningSample sample;
    private static SampleClient admin;
    private static String passkey = "";

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(2));
        for (String name : List.of(MARKUP, OTHER)) {
            change("insert into app_user (name, full_name, password_hash)" + " select '" + name.replace("'", "''")
                    + "', 'x', password_hash from app_user where name = 'user1'");
        }
        change("insert into app_user_role (user_id, role) select u.id, r.role from app_user u, app_user_role r"
                + " where u.name like '%img%' and r.user_id = (select id from app_user where name = 'alice')");
        admin = boundUser(MARKUP);
        boundUser(OTHER);
        Answer list = admin.fetch("passkey/passkeys");
        passkey = group("\"id\":\"([^\"]+)\"", list.body());
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void t59_everyPageShowsNamesAsText() throws Exception {
        String user = group(
                "admin/users/([A-Za-z0-9_-]{43,86})",
                admin.visit("passkey/admin/users?q=other").body());
        for (String path : List.of(
                "passkey/security",
                "passkey/security?rename=" + passkey,
                "passkey/security?delete=" + passkey,
                "passkey/backup",
                "passkey/admin",
                "passkey/admin?modify",
                "passkey/admin/adoption",
                "passkey/admin/users?q=" + ENCODED,
                "passkey/admin/users?q=other",
                "passkey/admin/users/" + user,
                "passkey/admin/users/" + user + "?ask=revoke-all",
                "passkey/admin/users/" + user + "?ask=end-sessions",
                "passkey/admin/users/" + user + "?ask=reset",
                "passkey/admin/audit",
                "passkey/admin/audit?account=" + ENCODED)) {
            Answer page = admin.visit(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertHarmless(path, page);
            assertThat(page.body()).as(path).contains(ESCAPED);
        }
    }

    @Test
    void t59_whatARequestBringsIsShownAsTextOrNotAtAll() {
        SampleClient stranger = sample.newBrowser();
        Answer step = stranger.visit(
                stranger.submit("passkey/logon", Map.of("username", MARKUP)).location());
        assertThat(step.body()).contains(ESCAPED);
        assertHarmless("logon", step);
        assertHarmless(
                "password", stranger.submit("passkey/logon/password", Map.of("username", MARKUP, "password", MARKUP)));
        assertHarmless("reset", stranger.submit("passkey/reset", Map.of("pass", MARKUP, "password", MARKUP)));
        for (String path : List.of(
                "passkey/logon?notice=" + ENCODED + "&to=" + ENCODED,
                "passkey/logon?username=" + ENCODED,
                "passkey/reset?pass=" + ENCODED,
                "passkey/" + ENCODED)) {
            assertHarmless(path, stranger.visit(path));
        }
        for (String path : List.of(
                "passkey/security?notice=" + ENCODED + "&rename=" + ENCODED,
                "passkey/confirm?return=" + ENCODED + "&for=" + ENCODED,
                "passkey/bind?to=" + ENCODED + "&notice=" + ENCODED,
                "passkey/admin/users/" + ENCODED,
                "passkey/admin/audit?event=" + ENCODED + "&reason=" + ENCODED + "&from=" + ENCODED + "&before="
                        + ENCODED,
                "passkey/admin/audit/export?format=" + ENCODED)) {
            assertHarmless(path, admin.visit(path));
        }
        for (Map.Entry<String, Map<String, String>> form : Map.of(
                        "passkey/passkeys/" + passkey + "/name",
                        Map.of("name", MARKUP.repeat(9)),
                        "passkey/passkeys/" + ENCODED + "/name",
                        Map.of("name", MARKUP),
                        "passkey/backup/contact",
                        Map.of("contact", MARKUP),
                        "passkey/admin/users",
                        Map.of("name", "nobody " + MARKUP),
                        "passkey/admin/settings",
                        Map.of("version", "1", "maximum", MARKUP, "models", MARKUP))
                .entrySet()) {
            assertHarmless(form.getKey(), admin.submit(form.getKey(), form.getValue()));
        }
    }

    @Test
    void t59_jsonIsJsonAndNeverAPage() throws JsonException {
        for (String path : List.of(
                "passkey/passkeys",
                "passkey/passkeys/" + passkey,
                "passkey/admin/users?q=" + ENCODED,
                "passkey/admin/audit/export?format=json&account=" + ENCODED)) {
            Answer answer = admin.fetch(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Content-Type")).as(path).startsWith("application/json");
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.json().names()).as(path).isNotEmpty();
        }
        assertThat(admin.fetch("passkey/passkeys/" + passkey).json().requireText("name"))
                .isEqualTo(MARKUP);
        assertThat(admin.bindingOptions("x").json().requireObject("user").requireText("name"))
                .isEqualTo(MARKUP);
    }

    private static void assertHarmless(String path, Answer answer) {
        assertThat(answer.body()).as(path).doesNotContain("<img", "onerror=alert(1)>\"", "'><");
        // What is no address of ours is answered by the server's own page.
        if (answer.header("Content-Type").startsWith("text/html") && answer.status() != 404) {
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
        }
    }

    private static SampleClient boundUser(String name) {
        SampleClient browser = sample.newBrowser();
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        assertThat(browser.logOn(name, "password").status()).isEqualTo(303);
        assertThat(browser.bind(device, MARKUP).status()).isEqualTo(201);
        Answer options = browser.options("logon");
        browser.send(browser.request("passkey/logon/assertion")
                .header("Origin", browser.origin())
                .header("User-Agent", MARKUP)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(browser.assertion(device, options.body()))));
        for (String proof : List.of("own", "administration")) {
            Answer asked = browser.options("confirm");
            assertThat(browser.post("passkey/confirm/assertion?for=" + proof, browser.assertion(device, asked.body()))
                            .status())
                    .isEqualTo(200);
        }
        return browser;
    }

    private static String group(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }
}
