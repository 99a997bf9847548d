package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What requests ask of our tables, as the database itself counts it (C4, C5). */
final class StatementCountIT {
    private static RunningSample sample;
    private static SoftwareAuthenticator device;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withParameter("passkey.session.recheck", "10s"));
        device = SoftwareAuthenticator.synced();
        SampleClient browser = sample.newBrowser();
        browser.logOn("bob", "bob");
        assertThat(browser.bind(device, "Phone").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void theOptionsOfALogonAreNone() throws SQLException {
        count();
        assertThat(sample.newBrowser().options("logon").status()).isEqualTo(200);
        assertThat(counted()).isEmpty();
    }

    @Test
    void theAnswerOfALogonIsThreeAndOneEvent() throws SQLException {
        count();
        assertThat(sample.newBrowser().logOn(device).status()).isEqualTo(200);
        assertThat(counted())
                .hasSize(4)
                .filteredOn(sql -> sql.contains("passkey_audit"))
                .hasSize(1);
    }

    @Test
    void whoIsLoggedOnIsAskedAfterOnceInTheTimeConfigured() throws Exception {
        SampleClient browser = sample.newBrowser();
        browser.logOn(device);
        count();
        for (int i = 0; i < 5; i++) {
            assertThat(browser.me()).isEqualTo("bob");
        }
        assertThat(counted()).isEmpty();

        Thread.sleep(10_100);
        count();
        for (int i = 0; i < 5; i++) {
            assertThat(browser.me()).isEqualTo("bob");
        }
        assertThat(counted()).hasSize(1).allMatch(sql -> sql.contains("epoch"));
    }

    private static void count() throws SQLException {
        execute("set query_statistics false");
        execute("set query_statistics true");
    }

    /** Each statement on our tables, as often as it ran since. */
    private static List<String> counted() throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Connection connection = sample.server().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select sql_statement, execution_count from information_schema.query_statistics")) {
            while (rows.next()) {
                String sql = rows.getString(1).toLowerCase(Locale.ROOT);
                for (int i = 0; sql.contains("passkey_") && i < rows.getInt(2); i++) {
                    statements.add(sql);
                }
            }
        }
        return statements;
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = sample.server().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
