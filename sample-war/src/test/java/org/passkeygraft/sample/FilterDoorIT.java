package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** T-76, T-89 to T-91: an application without any security of the container's, behind our filter. */
class FilterDoorIT {
    private static final String BOB = "bob bob PASSKEY [user] true";
    private static final String ALICE = "alice alice PASSKEY [admin user] true";

    private static Variant application;
    private static OwnServer server;

    @BeforeAll
    static void start() throws Exception {
        application = Variant.of(RunningSample.war())
                .withoutConstraints()
                .declaring("<error-page><error-code>409</error-code><location>/error/who</location></error-page>");
        server = OwnServer.prepare(application.directory(), 8, DoorServlets.all())
                .with("passkey.protect.1.pattern", "/secret/*")
                .with("passkey.protect.1.roles", "user")
                .with("passkey.protect.2.pattern", "/admin/*")
                .with("passkey.protect.2.roles", "admin")
                .with("passkey.protect.3.pattern", "/error/*")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        application.close();
    }

    @Test
    void aBrowserIsSentToTheLogonPageAndBack() {
        SampleClient browser = newBrowser();
        Answer challenge = browser.visit("secret/page?tab=1");
        assertThat(challenge.status()).isEqualTo(302);
        assertThat(challenge.header("Cache-Control")).contains("no-store");
        String target = challenge.location().substring(challenge.location().indexOf("to=") + 3);

        Answer logon =
                browser.submit("passkey/logon/password", Map.of("username", "bob", "password", "bob", "to", target));

        assertThat(logon.location()).startsWith("/sample/passkey/bind?to=");
        Answer page = browser.visit("secret/page");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("for our staff only", "bob");
        assertThat(page.header("Cache-Control")).contains("private");
        assertThat(browser.visit("public/page").body()).contains("bob");
    }

    @Test
    void aClientThatIsNoBrowserGetsAProblem() {
        Answer answer = newBrowser().fetch("secret/page");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("authentication-required");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Passkey");
    }

    @Test
    void t52_aForwardIntoTheAdministrationIsAskedForTheRoleToo() {
        for (String forward : new String[] {"forward?to=/passkey/admin", "forward?wrapped=1&to=/passkey/admin"}) {
            assertThat(alice().visit(forward).body()).contains("Allow users to login with passkey");
            assertThat(bob().visit(forward).status()).isEqualTo(403);
            assertThat(newBrowser().visit(forward).location()).startsWith("/sample/passkey/logon");
        }
    }

    @Test
    void whoHasNotTheRoleIsForbidden() {
        assertThat(bob().visit("admin/page").status()).isEqualTo(403);
        assertThat(bob().visit("admin/page").body()).contains("bob").doesNotContain("Alice Anker");
        assertThat(alice().visit("admin/page").body()).contains("Alice Anker");
    }

    @Test
    void t89_everyAnswerAboutTheCallerIsTheSame() {
        assertThat(newBrowser().visit("who").body()).isEqualTo("{" + DoorServlets.NOBODY + "}");
        assertThat(bob().visit("who").body()).isEqualTo("{" + BOB + "}");
        assertThat(alice().visit("secret/who").body()).isEqualTo("{" + ALICE + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forward?to=/secret/who", "forward?to=/secret/who&wrapped=1", "forward?to=/who"})
    void t76_t89_aForwardKeepsTheIdentity(String path) {
        assertThat(bob().visit(path).body()).isEqualTo("{" + BOB + "}");
    }

    @Test
    void t76_aForwardToSomethingProtectedIsDecided() {
        Answer anonymous = newBrowser().visit("forward?to=/secret/who");
        assertThat(anonymous.status()).isEqualTo(302);
        SampleClient browser = newBrowser();
        String target = browser.visit("forward?to=/secret/who").location().replaceFirst(".*to=", "");
        assertThat(browser.change("passkey/logon/password", Map.of("username", "bob", "password", "bob", "to", target))
                        .text("location"))
                .as("back to the page that forwards, by way of the offer")
                .startsWith("/sample/passkey/bind?to=");
        assertThat(browser.visit("passkey/logon?to=" + target).location()).isEqualTo("/sample/forward?to=/secret/who");
        assertThat(newBrowser().fetch("forward?to=/secret/who").status()).isEqualTo(401);
        assertThat(bob().visit("forward?to=/admin/who").status()).isEqualTo(403);
        assertThat(newBrowser().visit("forward?to=/WEB-INF/jsp/secret.jsp").status())
                .as("only the application itself gets there")
                .isEqualTo(200);
    }

    @Test
    void t76_anIncludeOfSomethingProtectedIncludesNothing() {
        assertThat(bob().visit("include?to=/secret/who").body()).isEqualTo("before {" + BOB + "} after " + BOB);
        try (LogLines log = new LogLines()) {
            assertThat(newBrowser().visit("include?to=/secret/who").body())
                    .isEqualTo("before  after " + DoorServlets.NOBODY);
            assertThat(bob().visit("include?to=/admin/who").body()).isEqualTo("before  after " + BOB);
            assertThat(log.containing("/admin/who")).isNotEmpty();
        }
    }

    @Test
    void t76_anErrorPageCarriesTheIdentityAndIsNeverRefused() {
        assertThat(newBrowser().visit("fail").body()).isEqualTo("{" + DoorServlets.NOBODY + "}");
        assertThat(newBrowser().visit("fail").status()).isEqualTo(409);
        assertThat(bob().visit("fail").body()).isEqualTo("{" + BOB + "}");
        assertThat(newBrowser().visit("error/who").status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "async?own=1", "async?to=/secret/who", "async?to=/secret/who&own=1"})
    void t89_t90_anotherThreadAndALaterDispatchKnowTheCaller(String path) {
        Answer answer = bob().visit(path);

        assertThat(answer.body()).isEqualTo("{" + BOB + "}");
        assertThat(answer.header("X-Thread")).isEqualTo(BOB);
        assertThat(newBrowser().visit(path).header("X-Thread")).isEqualTo(DoorServlets.NOBODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"async?to=/secret/who", "async?to=/secret/who&own=1"})
    void t90_aLaterDispatchIsDecidedAgain(String path) {
        assertThat(newBrowser().visit(path).status()).isEqualTo(302);
        assertThat(newBrowser().fetch(path).status()).isEqualTo(401);
        assertThat(bob().visit(path.replace("secret", "admin")).status()).isEqualTo(403);

        Answer ended = bob().visit(path + "&ends=1");
        assertThat(ended.header("X-Thread")).isEqualTo(BOB);
        assertThat(ended.status())
                .as("the session was ended before the dispatch")
                .isEqualTo(302);
        assertThat(bob().visit(path.replace("/secret/who", "/who") + "&ends=1").body())
                .isEqualTo("{" + DoorServlets.NOBODY + "}");
    }

    /** Also after a logon in the request itself. */
    @Test
    void t90_aLogonOfTheRequestItselfCountsAsLongAsItsSession() {
        assertThat(newBrowser().visit("async?login=1&to=/who").body()).isEqualTo("{" + BOB + "}");
        assertThat(newBrowser().visit("async?login=1&ends=1&to=/who").body())
                .isEqualTo("{" + DoorServlets.NOBODY + "}");
        assertThat(newBrowser().visit("async?login=1&ends=1&to=/secret/who").status())
                .isEqualTo(302);
    }

    @Test
    void t89_afterLogonAndLogoffInTheSameRequestEverythingFollows() {
        SampleClient browser = newBrowser();
        String expected =
                DoorServlets.NOBODY + "; " + DoorServlets.NOBODY + "; " + BOB + "; " + BOB + "; {" + BOB + "}";
        assertThat(browser.visit("change").body()).isEqualTo(expected);
        assertThat(browser.me()).isEqualTo("bob");

        SampleClient alice = alice();
        assertThat(alice.visit("change?end=1").body())
                .isEqualTo(ALICE + "; " + expected + "; " + DoorServlets.NOBODY + ";");
        assertThat(alice.me()).isEmpty();
    }

    @Test
    void authenticateAndLogoutOfTheApplicationWork() {
        SampleClient browser = newBrowser();
        assertThat(browser.visit("login").location()).startsWith("/sample/passkey/logon?to=");
        browser.logOn("bob", "bob");
        assertThat(browser.visit("login").location()).endsWith("/sample/");
        browser.visit("logout");
        assertThat(browser.me()).isEmpty();
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | private",
                "public | private",
                "PUBLIC, max-age=60 | max-age=60, private",
                "max-age=60 | max-age=60, private",
                "private, max-age=60 | private, max-age=60",
                "no-store | no-store",
                "public, no-store | no-store",
                "no-cache, must-revalidate | no-cache, must-revalidate, private",
                "public&cache=public, s-maxage=9 | private; s-maxage=9, private"
            })
    void whatARuleProtectsIsNeverForSharedCaches(String said, String sent) {
        String query = said.isEmpty() ? "" : "?cache=" + said.replace(" ", "%20");

        Answer secret = bob().visit("secret/answer" + query);

        assertThat(String.join("; ", secret.headers("Cache-Control"))).isEqualTo(sent);
        assertThat(secret.header("ETag")).isEqualTo("\"public\"");
        assertThat(secret.header("X-Other")).isEqualTo("public");
        if (!said.isEmpty()) {
            assertThat(String.join(
                            "&cache=", bob().visit("public/answer" + query).headers("Cache-Control")))
                    .as("what is open is the application's own business")
                    .isEqualTo(said);
        }
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        SampleClient bob = bob();
        Answer unchanged = bob.send(bob.request("secret/answer?cache=public").header("If-None-Match", "\"public\""));

        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("Cache-Control")).isEqualTo("private");
        assertThat(unchanged.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"})
    void t91_theBodyIsTheApplicationsOwn(String type) {
        SampleClient bob = bob();
        String body = "j_username=alice&j_password=alice&to=x&".repeat(5_000);

        Answer answer =
                bob.send(bob.request("secret/body").header("Content-Type", type).POST(BodyPublishers.ofString(body)));

        assertThat(answer.body()).isEqualTo(body);
    }

    @Test
    void ourOwnPagesGuardThemselves() {
        SampleClient browser = newBrowser();
        assertThat(browser.visit("passkey/security").status()).isEqualTo(302);
        assertThat(browser.visit("passkey/passkey.css").status()).isEqualTo(200);
        assertThat(browser.visit("passkey/passkey.css").header("Content-Type")).startsWith("text/css");
        assertThat(browser.visit("passkey/passkey.js").header("Content-Type")).startsWith("text/javascript");
        assertThat(browser.visit("passkey/nothing").status()).isEqualTo(404);
        assertThat(bob().visit("passkey/security").status()).isEqualTo(200);
    }

    private static SampleClient newBrowser() {
        return new SampleClient(server.uri());
    }

    private static SampleClient bob() {
        return logged("bob");
    }

    private static SampleClient alice() {
        return logged("alice");
    }

    private static SampleClient logged(String name) {
        SampleClient browser = newBrowser();
        assertThat(browser.logOn(name, name).status()).isEqualTo(303);
        return browser;
    }
}
