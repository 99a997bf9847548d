package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-98: a database that does not answer refuses everybody for a moment, tells nothing, and needs no restart after. */
class DatabaseTroubleIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int POOL = 20;

    private static RunningSample sample;
    private static int users;

    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();
    private String username = "";

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withUsers(10));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @BeforeEach
    void bindPasskey() {
        username = "user" + ++users;
        SampleClient browser = sample.newBrowser();
        browser.logOn(username, "password");
        assertThat(browser.bind(device, "Mine").status()).isEqualTo(201);
    }

    @Test
    void t98_aBlockedTableRefusesTheLogonInTime() throws Exception {
        try (Connection blocker = sample.server().dataSource().getConnection()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("update passkey_credential set sign_count = sign_count");

            assertUnavailable(byPasskey());

            blocker.rollback();
        }
        assertEverythingWorks();
    }

    @Test
    void t98_aMissingTableRefusesTheLogonAndShowsNothing() throws Exception {
        execute("alter table passkey_credential rename to gone");
        try {
            assertUnavailable(byPasskey());
        } finally {
            execute("alter table gone rename to passkey_credential");
        }
        assertEverythingWorks();
    }

    @Test
    void t98_accountsThatCannotBeAskedAreNoWrongPassword() throws Exception {
        execute("alter table app_user rename to gone");
        try {
            assertUnavailable(byPasskey());
            for (int attempt = 0; attempt < 15; attempt++) {
                assertThat(sample.newBrowser().logOn(username, "password").status())
                        .isEqualTo(503);
            }
        } finally {
            execute("alter table gone rename to app_user");
        }
        assertEverythingWorks();
    }

    @Test
    void t98_anEmptyPoolRefusesInTimeAndPublicPagesGoOn() throws Exception {
        SampleClient browser = sample.newBrowser();
        browser.logOn(device);
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < POOL) {
                taken.add(sample.server().dataSource().getConnection());
            }
            Instant begin = Instant.now();
            List<Answer> answers = AtOnce.run(
                    4, i -> i % 2 == 0 ? byPasskey() : sample.newBrowser().logOn(username, "password"));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(503));
            assertThat(Duration.between(begin, Instant.now())).isLessThan(LIMIT);
            assertThat(sample.newBrowser().visit("public/page").status()).isEqualTo(200);
            assertThat(browser.me()).as("who is logged on stays so").isEqualTo(username);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertEverythingWorks();
    }

    @Test
    void t98_aDatabaseThatStoppedIsUsedAgainWhenItIsBack() throws Exception {
        try {
            execute("shutdown");
            assertEverythingWorks();
        } finally {
            // The pool has miscounted its connections since, by the one that went down under it.
            sample.close();
            start();
        }
    }

    private Answer byPasskey() {
        return sample.newBrowser().logOn(device);
    }

    private void assertEverythingWorks() {
        assertThat(byPasskey().status()).isEqualTo(200);
        assertThat(sample.newBrowser().logOn(username, "password").status()).isEqualTo(303);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.headers("Set-Cookie").toString()).doesNotContain("JSESSIONID");
        Discretion.isKeptBy(answer.body());
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
