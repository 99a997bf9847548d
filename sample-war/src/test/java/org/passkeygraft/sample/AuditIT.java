package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What administrators read of what happened, and scrapers. */
final class AuditIT {
    private static final String HOSTILE =
            "=cmd|'/C calc'!A0\r\nLOGON account=\"root\" \u001b[31m${jndi:ldap://x/y}<script>x()</script>";

    private static RunningSample sample;
    private static SampleClient alice;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options()
                .withParameter("passkey.metrics-role", "admin")
                .withParameter("passkey.http.basic", "on"));
        alice = sample.newBrowser();
        assertThat(alice.logOn("alice", "alice").status()).isEqualTo(303);
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void anAdministratorFindsWhoCameHow() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient bob = sample.newBrowser();
        bob.logOn("bob", "bob");
        bob.bind(device, "Phone");
        bob.logOn(device);

        Answer page = alice.visit("passkey/admin/audit?account=bob&event=LOGON");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("<code>LOGON</code>", ">passkey</span>", "127.0.0.1", "<option selected>LOGON<");
        assertThat(page.body()).doesNotContain("<code>PASSKEY_BOUND</code>");
    }

    @Test
    void t65_whatSomebodyTypesStaysOneRecordOneCellAndText() throws Exception {
        try (LogLines log = new LogLines()) {
            sample.newBrowser().logOn(HOSTILE, "wrong");

            assertThat(log.containing("calc"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("INFO: LOGON_REFUSED account=\"=cmd")
                            .doesNotContain("\n", "\r", "\u001b", "${", "<script>"));
        }
        String filter = "account=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);

        String page = alice.visit("passkey/admin/audit?" + filter).body();
        assertThat(page).contains("&lt;script&gt;x()").doesNotContain("<script>x");

        String csv =
                alice.visit("passkey/admin/audit/export?format=csv&" + filter).body();
        assertThat(csv).contains("\"'=cmd|").contains("account=\"\"root\"\"");

        String json =
                alice.visit("passkey/admin/audit/export?format=json&" + filter).body();
        assertThat(json).contains("\\r\\nLOGON account=\\\"root\\\" \\u001B[31m");
    }

    @Test
    void anExportIsAFileThatNoBrowserRuns() {
        Answer csv = alice.visit("passkey/admin/audit/export?format=csv");

        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).isEqualTo("attachment; filename=\"audit.csv\"");
        assertThat(csv.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(csv.body())
                .startsWith("\"id\",\"time\",\"event\",\"account\"")
                .contains("\r\n");
        assertThat(alice.visit("passkey/admin/audit/export?format=json").json()).isNotNull();
        assertThat(alice.visit("passkey/admin/audit/export?format=exe").status())
                .isEqualTo(400);
    }

    @Test
    void anExportHasNamesOfEveryScriptWhole() throws Exception {
        String name = "Jürgen Šimůnek 电脑 \uD83D\uDE80";
        sample.newBrowser().logOn(name, "wrong");
        String filter = "&account=" + URLEncoder.encode(name, StandardCharsets.UTF_8);

        for (String format : new String[] {"csv", "json"}) {
            Answer export = alice.visit("passkey/admin/audit/export?format=" + format + filter);
            assertThat(export.header("Content-Type")).containsIgnoringCase("charset=utf-8");
            assertThat(export.body()).as(format).contains('"' + name + '"');
        }
    }

    @Test
    void pagesFollowEachOtherWithoutAGap() {
        for (int index = 0; index < 51; index++) {
            sample.newBrowser().logOn("somebody", "wrong");
        }

        String first = alice.visit("passkey/admin/audit?account=somebody").body();
        Matcher older = Pattern.compile(
                        "href=\"/sample/(passkey/admin/audit\\?account=somebody&amp;before=[0-9]{24})\"")
                .matcher(first);
        assertThat(older.find()).isTrue();
        String second = alice.visit(older.group(1).replace("&amp;", "&")).body();

        assertThat(events(first)).isEqualTo(50);
        assertThat(events(second)).isEqualTo(1);
    }

    private static long events(String page) {
        return Pattern.compile("<code>LOGON_REFUSED</code>")
                .matcher(page)
                .results()
                .count();
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        for (String query :
                new String[] {"event=X", "reason=X", "from=yesterday", "until=2026-13-01", "before=1", "account=%00"}) {
            assertThat(alice.visit("passkey/admin/audit?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    @Test
    void t52_onlyAdministratorsReadAuditAndAdoption() {
        SampleClient bob = sample.newBrowser();
        bob.logOn("bob", "bob");
        for (String path : new String[] {"audit", "audit/export?format=csv", "adoption"}) {
            assertThat(bob.visit("passkey/admin/" + path).status()).as(path).isEqualTo(403);
            assertThat(sample.newBrowser().visit("passkey/admin/" + path).status())
                    .as(path)
                    .isEqualTo(302);
        }
    }

    @Test
    void adoptionTellsTheFigures() {
        sample.newBrowser().logOn("alice", "alice");

        Answer page = alice.visit("passkey/admin/adoption");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Users known here", "Logons in the last 30 days", ">password</th>", "<meter");
    }

    @Test
    void aScraperOfTheGroupReadsMetricsByItsPassword() {
        Answer open = scrape("alice", "application/openmetrics-text; version=1.0.0, text/plain;q=0.5");
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.header("Content-Type")).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body())
                .contains("passkey_logons_total{method=\"password\"}")
                .endsWith("# EOF\n");
        assertThat(open.headers("Set-Cookie")).isEmpty();

        assertThat(scrape("alice", "text/plain").header("Content-Type"))
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(scrape("bob", "*/*").status()).isEqualTo(403);
        assertThat(sample.newBrowser().fetch("passkey/metrics").code()).isEqualTo("authentication-required");
        Answer wrong = scrape("alice", "wrong", "text/plain");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("authentication-failed");
        assertThat(wrong.body()).doesNotContain("passkey_");
    }

    private static Answer scrape(String name, String accept) {
        return scrape(name, name, accept);
    }

    private static Answer scrape(String name, String password, String accept) {
        SampleClient scraper = sample.newBrowser();
        String credentials =
                Base64.getEncoder().encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8));
        return scraper.send(scraper.request("passkey/metrics")
                .header("Accept", accept)
                .header("Authorization", "Basic " + credentials)
                .GET());
    }
}
