package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-105: with every level of the log on, logons and failures of all kinds leave no secret in it and no stack trace in answers. */
class SecretsInLogsIT {
    private static final String PASSWORD = "password";
    private static final String WRONG = "a-wrong-pass-Wort";
    private static final Pattern MEMBER = Pattern.compile(
            "\"(challenge|signature|clientDataJSON|attestationObject|authenticatorData)\":\\s*\"([^\"]{20,})\"");

    private static RunningSample sample;

    /** Kept, for a level is forgotten with its logger. */
    private final Logger ours = Logger.getLogger("org.passkeygraft");

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(5));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @BeforeEach
    void logEverything() {
        ours.setLevel(Level.ALL);
        secrets.put("wrong password", WRONG);
    }

    @AfterEach
    void logAsBefore() {
        ours.setLevel(null);
    }

    @Test
    void t105_nothingSecretIsLoggedAndNoAnswerShowsTheInside() throws Exception {
        try (LogLines log = new LogLines()) {
            logons();
            failures();
            brokenDatabase();

            assertThat(secrets).hasSizeGreaterThan(15);
            assertThat(log.containing("LOGON")).isNotEmpty();
            assertThat(log.mentioning("\tat org.passkeygraft.")).isNotEmpty();
            assertThat(secrets)
                    .allSatisfy((what, secret) ->
                            assertThat(log.mentioning(secret)).as(what).isEmpty());
        }
        assertThat(answers).hasSizeGreaterThan(10).allSatisfy(answer -> {
            Discretion.isKeptBy(answer.body());
            assertThat(answer.body()).doesNotContain(WRONG);
        });
    }

    private void logons() {
        SampleClient browser = sample.newBrowser();
        note(browser.logOn("user1", WRONG));
        note(browser.logOn("nobody", WRONG));
        note(browser.logOn("user1", PASSWORD));
        String made = secret(browser.registration(
                device, secret(note(browser.bindingOptions("Mine")).body())));
        note(browser.post("passkey/passkeys", made));
        note(browser.post("passkey/passkeys", made));
        cookies(browser);
        String answer = secret(
                browser.assertion(device, secret(note(browser.options("logon")).body())));
        note(browser.post("passkey/logon/assertion", answer));
        note(browser.post("passkey/logon/assertion", answer));
        cookies(browser);
        note(browser.visit("secret/page"));
    }

    private void failures() {
        SampleClient browser = sample.newBrowser();
        String options = secret(note(browser.options("logon")).body());
        for (String answer : List.of(
                device.lying().signedByAnotherKey().get(options, browser.origin()),
                device.lying().withOrigin("https://evil.example").get(options, browser.origin()),
                device.lying().withoutMember("response.signature").get(options, browser.origin()),
                "{\"id\":",
                "[".repeat(30_000))) {
            note(browser.post("passkey/logon/assertion", secret(answer)));
        }
        cookies(browser);
    }

    /** What a database says of a statement that failed has the statement's values in it. */
    private void brokenDatabase() throws SQLException {
        for (String table : List.of("passkey_credential", "passkey_spent_ceremony", "app_user")) {
            SampleClient browser = sample.newBrowser();
            String answer = secret(browser.assertion(
                    device, secret(note(browser.options("logon")).body())));
            change("alter table " + table + " rename to gone");
            try {
                note(browser.post("passkey/logon/assertion", answer));
                note(browser.logOn("user1", WRONG));
                note(browser.visit("secret/page"));
            } finally {
                change("alter table gone rename to " + table);
            }
            cookies(browser);
        }
    }

    private Answer note(Answer answer) {
        answers.add(answer);
        return answer;
    }

    private String secret(String json) {
        MEMBER.matcher(json)
                .results()
                .forEach(member -> secrets.put(member.group(1) + " " + secrets.size(), member.group(2)));
        return json;
    }

    private void cookies(SampleClient browser) {
        browser.cookies().forEach((name, value) -> {
            if (value.length() > 15) {
                secrets.put("cookie " + name + " " + secrets.size(), value);
            }
        });
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
