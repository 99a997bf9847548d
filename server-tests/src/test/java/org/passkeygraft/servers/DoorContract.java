package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.OddRequests;
import org.passkeygraft.testing.PathSpellings;
import org.passkeygraft.testing.RawConnection;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TestSize;

/** What every door promises on every server, tried over sockets against an application that knows nothing of passkeys. */
@ExtendWith(PromiseRecorder.class)
abstract class DoorContract {
    private static final AtomicInteger USERS = new AtomicInteger();
    private static final String NAVIGATION = "Sec-Fetch-Mode: navigate\r\nAccept: text/html\r\n";
    private static final String SCRIPT = "Accept: application/json\r\n";
    private static final int RECHECK_MILLISECONDS = 1_200;
    private static final List<String> DISPATCHES = List.of("forward", "include", "async");

    private final ContractServer server;
    private final Door door;
    /** Logs on in this test only, and has one passkey as soon as one is bound. */
    private final String username = "user" + (USERS.getAndIncrement() % ContractDatabase.NUMBERED_USERS + 1);

    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    DoorContract(ContractServer server) {
        this.server = server;
        this.door = getClass().getAnnotation(AtDoor.class).door();
    }

    // Logging on

    @Test
    @Keeps(Promise.PASSWORD)
    void aPasswordLogsOnAndLeadsBack() {
        DoorBrowser browser = browser();
        Answer challenge = browser.visit("secret/page.jsp?a=1&b=%20x");
        assertNotLetIn(challenge);

        Answer logon = browser.logOnAt(challenge, username, "password");

        assertThat(logon.status()).isIn(302, 303);
        assertThat(path(logon)).isEqualTo(door.contextPath() + "/secret/page.jsp?a=1&b=%20x");
        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for " + username);
    }

    @Test
    @Keeps(Promise.PASSKEY)
    void aPasskeyLogsOnWithTheApplicationsRoles() {
        SoftwareAuthenticator administrators = SoftwareAuthenticator.synced();
        bind("alice", "alice", administrators);
        DoorBrowser browser = browser();

        Answer logon = browser.logOn(administrators);

        assertThat(logon.status()).isIn(200, 302, 303);
        assertThat(browser.visit("").body()).contains("start page of alice");
        assertThat(browser.visit("secret/caller").body()).contains("caller=alice remote=alice", "roles=admin+user");
        assertThat(browser.visit("admin/page.jsp").body()).contains("ADMINISTRATION page for alice");
    }

    @Test
    @Keeps(Promise.REFUSAL)
    void aLogonThatIsWrongIsRefusedAlikeWhateverIsWrong() {
        Answer wrongPassword = browser().tryToLogOn("bob", "alice");
        for (String name : List.of("bob", "nobody", "carol")) {
            DoorBrowser browser = browser();
            Answer refused = browser.tryToLogOn(name, name.equals("bob") ? "alice" : name);
            assertThat(refused.status()).isEqualTo(wrongPassword.status()).isIn(200, 302, 303, 401);
            assertThat(refused.body()).isEqualTo(wrongPassword.body());
            assertThat(refused.location()).isEqualTo(wrongPassword.location());
            assertThat(browser.visit("public/caller").body()).startsWith("caller=- ");
            assertNotLetIn(browser.visit("secret/page.jsp"));
        }
        DoorBrowser browser = browser();
        browser.registration(
                device,
                loggedOn(username, "password").bindingOptions("Never sent").body());
        assertThat(browser.logOn(device).code())
                .as("a passkey that was never bound")
                .isEqualTo("authentication-failed");
    }

    // More than a password

    @Test
    @Keeps(Promise.SECOND_FACTOR)
    void theOtherFactorCompletesTheLogon() {
        DoorBrowser browser = halfLoggedOn();
        String options = browser.options("second-factor").body();

        Answer shown = browser.post("passkey/second-factor/assertion", browser.assertion(device, options));

        assertThat(shown.status()).as(shown.body()).isEqualTo(200);
        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for " + username);
        assertThat(browser.visit("secret/caller").body()).startsWith("caller=" + username + " ");
    }

    @Test
    @Keeps(Promise.HALF_LOGON)
    void t40_aPendingLogonIsNobodys() {
        DoorBrowser browser = halfLoggedOn();
        for (String path : List.of(
                "secret/page.jsp",
                "secret/caller",
                "admin/page.jsp",
                "public/caller",
                "public/authenticate",
                "passkey/passkeys",
                "")) {
            assertThat(browser.visit(path).body()).doesNotContain(username, "SECRET");
            assertThat(browser.fetch(path).body()).doesNotContain(username, "SECRET");
        }
        assertThat(browser.fetch("secret/caller").status()).isEqualTo(401);
    }

    /** This user, a passkey of theirs, and a browser that has shown the password where two factors are wanted. */
    private DoorBrowser halfLoggedOn() {
        bind(username, "password", device);
        execute("insert into app_user_role values ('" + username + "', 'two factors')");
        server.database()
                .execute(server.store(door), "update passkey_policy set second_factor_groups = 'required two factors'");
        DoorBrowser browser = browser();
        Answer logon = browser.logOnAt(browser.visit("secret/page.jsp"), username, "password");
        Answer asked = path(logon).contains("/passkey/") ? logon : browser.visit("secret/page.jsp");
        assertThat(path(asked)).startsWith(door.contextPath() + "/passkey/second-factor?to=");
        assertThat(browser.visit(path(asked).substring(door.contextPath().length() + 1))
                        .status())
                .isEqualTo(200);
        return browser;
    }

    @Test
    @Keeps(Promise.STEP_UP)
    void aPlaceThatAsksForAFreshProofGetsOne() {
        bind(username, "password", device);
        DoorBrowser browser = loggedOn(username, "password");
        Answer asked = browser.visit("secret/fresh?x=1");
        assertThat(asked.status()).isEqualTo(302);
        assertThat(path(asked)).startsWith(door.contextPath() + "/passkey/confirm?for=application&return=");
        assertThat(browser.fetch("secret/fresh").code()).isEqualTo("confirmation-required");
        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET");

        String options = browser.options("confirm").body();
        Answer confirmed = browser.post(
                "passkey/confirm/assertion?" + path(asked).replaceFirst(".*\\?", ""),
                browser.assertion(device, options));

        assertThat(confirmed.text("location")).isEqualTo(door.contextPath() + "/secret/fresh?x=1");
        assertThat(browser.visit("secret/fresh").body()).startsWith("caller=" + username + " ");
    }

    // Roles and callers

    @Test
    @Keeps(Promise.ROLES)
    void anotherRolesPageIsForbidden() {
        DoorBrowser bob = loggedOn("bob", "bob");
        assertThat(bob.visit("secret/page.jsp").status()).isEqualTo(200);
        for (Answer answer : List.of(bob.visit("admin/page.jsp"), bob.fetch("admin/caller"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("ADMINISTRATION", "caller=");
        }
        assertThat(loggedOn("dave", "dave").visit("secret/page.jsp").status())
                .as("no role at all")
                .isEqualTo(403);
    }

    @Test
    @Keeps(Promise.OWN_ERROR_PAGE)
    @KnownGap(
            servers = ServerKind.JETTY_12,
            doors = {Door.MODULE, Door.JAAS},
            reason =
                    "Jetty's security handler answers with a page of Jetty's: it stands before everything that knows the"
                            + " application's error pages, with and without the graft.")
    void aForbiddenPageIsExplainedInTheApplicationsOwnWords() {
        assertThat(loggedOn("bob", "bob").visit("admin/page.jsp").body()).contains("FORBIDDEN, says the application");
    }

    @Test
    @Keeps(Promise.PUBLIC)
    void publicPagesAreOpenAndKnowTheCaller() {
        DoorBrowser browser = browser();
        for (int visit = 0; visit < 2; visit++) {
            assertThat(browser.visit("public/page.jsp").body()).contains("PUBLIC page for nobody");
            assertThat(browser.visit("public/caller").body()).startsWith("caller=- remote=null type=null roles= ");
            assertThat(browser.visit("").body()).contains("start page of nobody");
        }
        assertThat(browser.cookies()).as("no session for visitors").isEmpty();
        browser.logOn(username, "password");
        for (int visit = 0; visit < 2; visit++) {
            assertThat(browser.visit("public/page.jsp").body()).contains("PUBLIC page for " + username);
            assertThat(browser.visit("public/caller").body()).startsWith("caller=" + username + " ");
        }
    }

    @Test
    @Keeps(Promise.CHALLENGE)
    void whoeverIsNotLoggedOnIsAnsweredInAWayItUnderstands() {
        DoorBrowser browser = browser();
        assertNotLetIn(browser.visit("secret/page.jsp"));
        Answer script = browser.fetch("secret/caller");
        assertThat(script.status()).isEqualTo(401);
        assertThat(script.code()).isEqualTo("authentication-required");
        assertThat(script.headers("WWW-Authenticate")).containsExactly("Passkey");
        Answer form = browser.send(browser.request("secret/echo")
                .header("Sec-Fetch-Mode", "navigate")
                .POST(HttpRequest.BodyPublishers.ofString("amount=1000")));
        assertThat(form.status()).isEqualTo(303);
        assertThat(path(form)).isEqualTo(door.contextPath() + "/passkey/logon?notice=expired");
        Answer head = browser.send(browser.request("secret/page.jsp")
                .header("Accept", "text/html")
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(302);
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    @Keeps(Promise.CALLER)
    void allQuestionsAboutTheCallerAgree() {
        DoorBrowser bob = loggedOn("bob", "bob");
        for (String path : List.of("public/caller", "secret/caller")) {
            assertThat(bob.visit(path).body())
                    .startsWith("caller=bob remote=bob ")
                    .contains(" roles=user")
                    .doesNotContain("type=null");
        }
    }

    @Test
    @Keeps(Promise.ANY_CALLER)
    @KnownGap(
            servers = ServerKind.JETTY_12,
            doors = {Door.MODULE, Door.JAAS},
            reason = "Jetty answers with false for everybody.")
    void everyCallerHasTheRoleOfEveryCaller() {
        assertThat(loggedOn("bob", "bob").visit("secret/caller").body()).contains(" roles=user+** ");
    }

    // Signing on and off by the application itself

    @Test
    @Keeps(Promise.LOGOUT)
    void theApplicationsLogoutAndOursEndTheLogon() {
        for (boolean ours : List.of(true, false)) {
            DoorBrowser browser = loggedOn("bob", "bob");
            DoorBrowser thief = browser.copy();
            assertThat(thief.visit("secret/page.jsp").status()).isEqualTo(200);
            if (ours) {
                assertThat(browser.submit("passkey/logout", Map.of()).status()).isEqualTo(303);
            } else {
                assertThat(browser.visit("public/logout").body()).startsWith("caller=- remote=null type=null roles= ");
            }
            for (DoorBrowser after : List.of(browser, thief)) {
                assertThat(after.visit("public/caller").body()).startsWith("caller=- ");
                assertNotLetIn(after.visit("secret/page.jsp"));
            }
        }
        assertThat(browser().visit("public/logout").body()).startsWith("caller=- ");
    }

    @Test
    @Keeps(Promise.AUTHENTICATE)
    void authenticateChallengesOrSaysTrue() {
        DoorBrowser browser = browser();
        Answer challenge = browser.visit("public/authenticate");
        assertThat(challenge.status()).isEqualTo(302);
        assertThat(path(challenge)).startsWith(door.contextPath() + "/passkey/logon?to=");
        assertThat(browser.fetch("public/authenticate").code()).isEqualTo("authentication-required");

        browser.logOn(username, "password");
        assertThat(browser.visit("public/authenticate").body()).startsWith("authenticated caller=" + username);
    }

    @Test
    @Keeps(Promise.LOGIN)
    void loginLogsOnForThisRequestAndTheNext() {
        DoorBrowser browser = browser();
        assertThat(browser.visit("public/login?name=bob&password=wrong").body()).startsWith("refused caller=- ");
        assertThat(browser.visit("public/caller").body()).startsWith("caller=- ");

        assertThat(browser.visit("public/login?name=bob&password=bob").body())
                .startsWith("caller=bob remote=bob ")
                .contains(" roles=user");

        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for bob");
        assertThat(browser.visit("public/login?name=alice&password=alice").body())
                .as("somebody is logged on")
                .startsWith("refused caller=bob ");
        assertThat(browser.visit("public/logout").body()).startsWith("caller=- ");
    }

    // Sessions

    @Test
    @Keeps(Promise.SESSION_ID)
    void theSessionIdChangesAtTheLogon() {
        DoorBrowser browser = browser();
        browser.visit("public/session?create=1");
        DoorBrowser attacker = browser.copy();
        browser.logOn(username, "password");

        assertThat(sessionOf(browser)).isNotEqualTo(sessionOf(attacker));
        assertThat(attacker.visit("public/caller").body()).startsWith("caller=- ");
        attacker.cookies().put("JSESSIONID", "chosen-by-an-attacker");
        attacker.logOn(username, "password");
        assertThat(sessionOf(attacker)).isNotEqualTo("chosen-by-an-attacker");
    }

    @Test
    @Keeps(Promise.STABLE_SESSION_ID)
    void theSessionIdStaysAfterTheFirstPage() {
        DoorBrowser browser = loggedOn(username, "password");
        for (String path : List.of("secret/page.jsp", "public/caller", "public/session", "passkey/security", "")) {
            assertThat(browser.visit(path).headers("Set-Cookie").toString()).doesNotContain("JSESSIONID");
        }
    }

    @Test
    @Keeps(Promise.STABLE_FROM_THE_LOGON)
    @KnownGap(
            servers = {ServerKind.TOMCAT_10, ServerKind.TOMCAT_11},
            doors = Door.MODULE,
            reason = "Tomcat changes the id a second time, with the first request that has a caller.")
    void theSessionIdStaysFromTheLogonOn() {
        DoorBrowser browser = browser();
        browser.logOn(username, "password");
        assertThat(browser.visit("secret/page.jsp").headers("Set-Cookie").toString())
                .doesNotContain("JSESSIONID");
    }

    @Test
    @Keeps(Promise.SESSION_CONTENT)
    void onlyTheOwnBasketSurvivesALogon() {
        DoorBrowser browser = browser();
        browser.submit("public/session", Map.of("basket", "apples"));
        browser.logOn("bob", "bob");
        assertThat(browser.visit("public/session").body()).contains("basket=apples");
        browser.logOn("bob", "bob");
        assertThat(browser.visit("public/session").body()).contains("basket=apples");
        browser.logOn("alice", "alice");
        assertThat(browser.visit("public/session").body()).doesNotContain("apples");
        assertThat(browser.visit("public/caller").body()).startsWith("caller=alice ");
    }

    @Test
    @Keeps(Promise.COOKIE)
    void theSessionCookieIsKeptFromScriptsOtherSitesAndUrls() {
        DoorBrowser browser = browser();
        Answer first = browser.visit("public/session?create=1");
        assertThat(first.headers("Set-Cookie"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .containsIgnoringCase("; HttpOnly")
                        .containsIgnoringCase("; SameSite=Lax")
                        .contains("; Path=" + door.contextPath())
                        .doesNotContainIgnoringCase("; Secure"));
        assertThat(first.body()).endsWith("url=/x\n");
        Answer logon = browser.logOn(username, "password");
        assertThat(logon.headers("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("JSESSIONID=")
                        .containsIgnoringCase("; HttpOnly")
                        .containsIgnoringCase("; SameSite=Lax"));
        Answer byUrl = browser().visit("secret/page.jsp;jsessionid=" + sessionOf(browser));
        assertThat(byUrl.body()).doesNotContain("SECRET");
    }

    @Test
    @Keeps(Promise.FORGED)
    void whatIsNoSessionOfOursIsNobodys() {
        DoorBrowser ended = loggedOn("bob", "bob");
        String old = sessionOf(ended);
        ended.submit("passkey/logout", Map.of());
        for (String cookie : List.of(old, "node0abc", "x".repeat(2_000), "alice", "../../alice", "%00")) {
            DoorBrowser browser = browser();
            browser.cookies().put("JSESSIONID", cookie);
            assertNobody(browser);
        }
        for (String record : List.of(
                "rubbish",
                "1",
                "1\n\n\n\n\n\n\n\n\n",
                "2\nid\nalice\n1\n0\n0\n0\n\n\nadmin",
                "1\nid\nalice\n1\nx\ny\nz\n\n")) {
            DoorBrowser browser = browser();
            browser.submit("public/session", Map.of("record", record));
            assertNobody(browser);
        }
    }

    private void assertNobody(DoorBrowser browser) {
        assertThat(browser.visit("public/caller").body()).startsWith("caller=- ");
        assertNotLetIn(browser.visit("secret/page.jsp"));
        assertNotLetIn(browser.visit("admin/page.jsp"));
        assertThat(browser.visit("passkey/logon").status()).isLessThan(400);
    }

    @Test
    @Keeps(Promise.LOCK)
    void aLockCountsSoon() throws InterruptedException {
        DoorBrowser browser = loggedOn(username, "password");
        execute("update app_user set locked = true where name = '" + username + "'");
        try {
            Thread.sleep(RECHECK_MILLISECONDS);
            assertThat(browser.visit("secret/page.jsp").body()).doesNotContain("SECRET");
            assertThat(browser.visit("public/caller").body()).startsWith("caller=- ");
        } finally {
            execute("update app_user set locked = false where name = '" + username + "'");
        }
    }

    @Test
    @Keeps(Promise.ROLE_CHANGE)
    void anotherRoleCountsSoon() throws InterruptedException {
        DoorBrowser browser = loggedOn(username, "password");
        execute("update app_user_role set role = 'admin' where name = '" + username + "'");
        try {
            Thread.sleep(RECHECK_MILLISECONDS);
            assertThat(browser.visit("admin/page.jsp").body()).contains("ADMINISTRATION page for " + username);
            assertThat(browser.visit("secret/page.jsp").status()).isEqualTo(403);
        } finally {
            execute("update app_user_role set role = 'user' where name = '" + username + "'");
        }
    }

    // Requests

    @Test
    @Keeps(Promise.KEEP_ALIVE)
    void aConnectionGoesOnAfterAChallenge() throws Exception {
        for (String headers : List.of(NAVIGATION, SCRIPT)) {
            try (RawConnection connection = new RawConnection(server.wide().port())) {
                for (int round = 0; round < 3; round++) {
                    connection.write(raw("GET", "/secret/page.jsp", headers));
                    assertThat(require(connection).body()).doesNotContain("SECRET", "caller=");
                    connection.write(raw("GET", "/public/caller", headers));
                    assertThat(require(connection).body()).startsWith("caller=- ");
                    connection.write(raw("GET", "/secret/caller", headers));
                    assertThat(require(connection).body()).doesNotContain("SECRET", "caller=");
                }
            }
        }
    }

    @Test
    @Keeps(Promise.KEEP_ALIVE)
    void aChallengedBodyIsNotTakenForTheNextRequest() throws Exception {
        String inner = raw("GET", "/public/caller", "X-Inner: yes\r\n");
        for (String headers : List.of(NAVIGATION, SCRIPT)) {
            try (RawConnection connection = new RawConnection(server.wide().port())) {
                connection.write(raw("POST", "/secret/echo", headers + "Content-Length: " + inner.length() + "\r\n")
                        + inner
                        + raw("GET", "/public/page.jsp", "Connection: close\r\n"));
                assertThat(require(connection).body()).doesNotContain("SECRET", "amount");
                String rest = connection.readToEnd();
                assertThat(rest.isEmpty() || (rest.startsWith("HTTP/1.1 200") && rest.contains("PUBLIC page")))
                        .as(rest)
                        .isTrue();
            }
        }
    }

    @Test
    @Keeps(Promise.BODY)
    void bodiesReachTheApplicationAsTheyAre() {
        DoorBrowser browser = loggedOn("bob", "bob");
        for (String path : List.of("public/echo", "secret/echo")) {
            String body = "{\"text\": \"as it is\", \"padding\": \"" + "x".repeat(20_000) + "\"}";
            Answer json = browser.send(browser.request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(json.body()).isEqualTo(body);
            assertThat(json.header("X-Caller")).isEqualTo("bob");
            assertThat(browser.submit(path, Map.of("field", "a&b=ü")).body()).startsWith("field=a&b=");
        }
    }

    @Test
    @Keeps(Promise.FORWARD)
    void everyDispatchHasTheRequestsOwnCaller() {
        DoorBrowser bob = loggedOn("bob", "bob");
        for (String from : List.of("public", "secret")) {
            for (String how : DISPATCHES) {
                assertThat(dispatch(bob, from, how, "/secret/caller").body())
                        .as(from + " " + how)
                        .contains("caller=bob remote=bob ")
                        .contains("dispatch="
                                + (how.equals("include") ? "REQUEST" : how.toUpperCase(java.util.Locale.ROOT)))
                        .contains(" roles=user")
                        .doesNotContain("caller=-");
                assertThat(dispatch(bob, from, how, "/WEB-INF/view.jsp").body()).contains("VIEW for bob");
            }
            assertThat(dispatch(bob, from, "named", "").body()).contains("caller=bob ");
            assertThat(dispatch(bob, from, "thread", "").body()).startsWith("thread caller=bob remote=bob ");
            Answer error = dispatch(bob, from, "error", "");
            assertThat(error.status()).isEqualTo(409);
            assertThat(error.body()).contains("caller=bob ", "dispatch=ERROR");
            Answer broken = dispatch(bob, from, "broken", "");
            assertThat(broken.status()).isEqualTo(500);
            assertThat(broken.body()).contains("caller=bob ", "dispatch=ERROR");
        }
    }

    @Test
    @Keeps(Promise.FORWARD)
    void noDispatchGivesAnAnonymousRequestACaller() {
        DoorBrowser browser = browser();
        for (String how : DISPATCHES) {
            Answer answer = dispatch(browser, "public", how, "/secret/caller");
            assertThat(answer.body()).as(how).doesNotContainPattern("caller=[a-z]");
            assertThat(answer.status()).isLessThan(500);
            assertThat(dispatch(browser, "public", how, "/WEB-INF/view.jsp").body())
                    .contains("VIEW for nobody");
        }
        assertThat(dispatch(browser, "public", "thread", "").body()).startsWith("thread caller=- ");
        assertThat(dispatch(browser, "public", "error", "").body()).contains("caller=- ");
        assertThat(dispatch(browser, "public", "broken", "").body()).contains("caller=- ");
        assertNotLetIn(dispatch(browser, "secret", "forward", "/public/page.jsp"));
    }

    private static Answer dispatch(DoorBrowser browser, String from, String how, String to) {
        return browser.visit(from + "/dispatch?how=" + how + "&to=" + to);
    }

    @Test
    @Keeps(Promise.CACHES)
    void sharedCachesKeepNothingThatASessionShaped() {
        DoorBrowser browser = loggedOn("bob", "bob");
        for (String path : List.of("secret/page.jsp", "secret/file.txt", "public/caller", "admin/page.jsp")) {
            Answer answer = browser.visit(path);
            assertThat(String.join(",", answer.headers("Cache-Control")))
                    .as(path)
                    .containsAnyOf("private", "no-store", "no-cache")
                    .doesNotContain("public");
            if (answer.status() == 200) {
                assertThat(String.join(",", answer.headers("Vary"))).as(path).contains("Cookie");
            }
        }
    }

    // Attacks on the way in

    @Test
    @Keeps(Promise.SPELLINGS)
    void noSpellingGetsPastTheProtection() throws Exception {
        String bob = "Cookie: JSESSIONID=" + sessionOf(loggedOn("bob", "bob")) + "\r\n";
        assertThat(exchange(request(door.contextPath() + "/secret/../secret/page.jsp", NAVIGATION + bob)))
                .as("the spellings do reach the page")
                .contains("SECRET page for bob");
        for (String path : List.of("secret/page.jsp", "secret/file.txt", "admin/page.jsp")) {
            for (String target :
                    PathSpellings.of(door.contextPath(), path, server.wide().port())) {
                assertNothingShown(target, exchange(request(target, path.endsWith(".jsp") ? NAVIGATION : SCRIPT)));
                if (path.startsWith("admin/")) {
                    assertNothingShown(target, exchange(request(target, NAVIGATION + bob)));
                }
            }
        }
    }

    private static void assertNothingShown(String target, String answer) {
        assertThat(answer)
                .as(target)
                .doesNotContain("SECRET page", "SECRET file", "ADMINISTRATION page", "<%@", "${empty")
                .doesNotContainPattern("caller=(?!-)");
        if (!answer.isEmpty()) {
            assertThat(status(answer)).as(target).isNotEqualTo(500);
        }
    }

    private String request(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost:" + server.wide().port() + "\r\n" + headers
                + "Connection: close\r\n\r\n";
    }

    @Test
    @Keeps(Promise.METHODS)
    void noMethodGetsPastTheProtection() throws Exception {
        for (String method : OddRequests.METHODS) {
            for (String path :
                    List.of("/secret/page.jsp", "/admin/page.jsp", "/secret/caller", "/secret/file.txt", "/secret/")) {
                String answer = exchange(raw(method, path, NAVIGATION + "Connection: close\r\n"));
                assertThat(answer).as(method + " " + path).doesNotContain("SECRET", "ADMINISTRATION", "caller=");
                assertThat(status(answer))
                        .as(method + " " + path)
                        .isBetween(door == Door.JAAS ? 200 : 300, 505)
                        .isNotEqualTo(500);
            }
        }
        String bob = "Cookie: JSESSIONID=" + sessionOf(loggedOn("bob", "bob")) + "\r\n";
        String trace =
                exchange(raw("TRACE", "/secret/page.jsp", bob + "X-Probe: echo-of-a-header\r\nConnection: close\r\n"));
        assertThat(trace).doesNotContain("echo-of-a-header", "JSESSIONID=");
    }

    @Test
    @Keeps(Promise.HEADERS)
    void noHeaderMovesOrElevatesARequest() throws Exception {
        for (String header : OddRequests.HEADERS) {
            for (String page : List.of("/secret/page.jsp", "/admin/page.jsp")) {
                for (String path : List.of("/public/caller", page)) {
                    String answer = exchange(raw(
                            "GET", path, header.formatted(door.contextPath() + page) + "\r\nConnection: close\r\n"));
                    assertThat(answer)
                            .doesNotContain("SECRET", "ADMINISTRATION")
                            .doesNotContainPattern("caller=[a-z]");
                    assertThat(status(answer)).isLessThan(500);
                }
            }
        }
    }

    @Test
    @Keeps(Promise.FILES)
    void noPartOfTheApplicationIsServedAsAFile() throws Exception {
        String bob = "Cookie: JSESSIONID=" + sessionOf(loggedOn("bob", "bob")) + "\r\n";
        List<String> paths = Stream.concat(
                        OddRequests.INSIDE.stream(),
                        Stream.of(
                                "WEB-INF/view.jsp",
                                "public/page.js%70",
                                "public/page%2ejsp",
                                "public/page.jsp%00",
                                "public/page.jsp%20",
                                "public/page.JSP",
                                "public/page.jsp/",
                                "public/page.jsp::$DATA"))
                .toList();
        for (String path : paths) {
            for (String headers : List.of("", bob)) {
                String answer = exchange(raw("GET", "/" + path, headers + "Connection: close\r\n"));
                assertThat(answer)
                        .as(path)
                        .doesNotContain(
                                "<web-app", "<%@", "${empty", "passkey.rp.name", "<Context", "Manifest-Version");
                assertThat(status(answer))
                        .as(path)
                        .isIn(path.startsWith("public/page") ? List.of(200, 400, 404) : List.of(400, 404));
            }
        }
    }

    // Whose thread is it?

    @Test
    @Keeps(Promise.ONE_WORKER)
    void afterACallerTheOnlyThreadIsNobodys() {
        RunningServer narrow = server.narrow();
        DoorBrowser alice = door.browser(narrow.uri(door.contextPath()));
        assertThat(alice.logOn("alice", "alice").status()).isEqualTo(303);
        for (int round = 0; round < TestSize.of(3, 500); round++) {
            for (String path : List.of(
                    "public/caller",
                    "secret/page.jsp",
                    "admin/page.jsp",
                    "secret/nothing",
                    "secret/file.txt",
                    "public/dispatch?how=broken",
                    "secret/dispatch?how=broken",
                    "secret/dispatch?how=error",
                    "secret/dispatch?how=thread",
                    "secret/dispatch?how=async&to=/public/caller",
                    "passkey/security")) {
                DoorBrowser anonymous = door.browser(narrow.uri(door.contextPath()));
                alice.visit(path);
                assertThat(anonymous.visit("public/caller").body()).as(path).startsWith("caller=- ");
                alice.fetch(path);
                assertNotLetIn(anonymous.visit("secret/page.jsp"));
                assertThat(anonymous.fetch("passkey/passkeys").status())
                        .as(path)
                        .isEqualTo(401);
            }
        }
        assertThat(alice.visit("public/caller").body()).startsWith("caller=alice ");
    }

    @Test
    @Keeps(Promise.MANY_WORKERS)
    void noAnswerEverCarriesTheOthersName() {
        List<DoorBrowser> browsers = List.of(browser(), browser(), browser());
        List<String> names = List.of("alice", "bob", "-");
        browsers.get(0).logOn("alice", "alice");
        browsers.get(1).logOn("bob", "bob");
        browsers.forEach(browser -> browser.visit("public/caller"));
        int requests = TestSize.of(30, 500);

        List<Integer> wrong = AtOnce.run(TestSize.of(32, 200), thread -> {
            List<DoorBrowser> own = browsers.stream().map(DoorBrowser::copy).toList();
            int mistaken = 0;
            for (int i = 0; i < requests; i++) {
                int who = (thread + i) % own.size();
                String body = own.get(who).visit("public/caller").body();
                mistaken += body.startsWith("caller=" + names.get(who) + " ") ? 0 : 1;
            }
            return mistaken;
        });

        assertThat(wrong).containsOnly(0);
    }

    // When something is broken

    @Test
    @Keeps(Promise.FAIL_CLOSED)
    void accountsThatCannotBeAskedCloseWhatIsProtected() {
        bind(username, "password", device);
        DoorBrowser browser = loggedOn(username, "password");
        execute("alter table app_user rename to gone");
        try {
            assertThat(browser.visit("secret/page.jsp").body())
                    .as("for some minutes what is known is enough")
                    .contains("SECRET page for " + username);
            browser.submit("public/session", Map.of("minutes", "10"));
            Answer closed = browser.fetch("secret/caller");
            assertThat(closed.status()).isEqualTo(503);
            assertThat(closed.body()).doesNotContain("caller=");
            assertThat(browser().logOn(device).status()).isEqualTo(503);
            DoorBrowser byPassword = browser();
            byPassword.logOn(username, "password");
            assertNotLetIn(byPassword.visit("secret/page.jsp"));
        } finally {
            execute("alter table gone rename to app_user");
        }
        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for " + username);
        assertThat(browser().logOn(device).status()).isIn(200, 302, 303);
    }

    @Test
    @Keeps(Promise.PUBLIC_GOES_ON)
    @KnownGap(
            servers = {ServerKind.JETTY_12, ServerKind.TOMCAT_10, ServerKind.TOMCAT_11},
            doors = Door.JAAS,
            reason = "Whoever is logged on gets 503 for public pages too: the container would still name the caller.")
    void publicPagesGoOnWhileAccountsCannotBeAsked() {
        DoorBrowser browser = loggedOn(username, "password");
        execute("alter table app_user rename to gone");
        try {
            browser.submit("public/session", Map.of("minutes", "10"));
            Answer open = browser.visit("public/caller");
            assertThat(open.status()).isEqualTo(200);
            assertThat(open.body()).startsWith("caller=- ");
        } finally {
            execute("alter table gone rename to app_user");
        }
    }

    // Attacks on ceremonies

    @Test
    @Keeps(Promise.REPLAY)
    void anAnswerCountsOnceWhereItWasAskedForAndForItsKind() {
        bind(username, "password", device);
        DoorBrowser browser = browser();
        String answer = browser.assertion(device, browser.options("logon").body());
        DoorBrowser thief = browser.copy();
        DoorBrowser elsewhere = browser();
        elsewhere.options("logon");

        assertExpired(elsewhere.answerLogon(answer));
        assertThat(browser.answerLogon(answer).status()).isEqualTo(200);
        assertExpired(thief.answerLogon(answer));
        assertThat(thief.visit("public/caller").body()).startsWith("caller=- ");
        Answer otherKind = browser.post(
                "passkey/confirm/assertion",
                browser.assertion(device, browser.options("logon").body()));
        assertThat(otherKind.status()).as("for another kind").isIn(401, 409);
    }

    @Test
    @Keeps(Promise.LIES)
    void anAnswerForElsewhereIsRefused() {
        bind(username, "password", device);
        DoorBrowser browser = browser();
        for (String lie : List.of(
                device.lying().get(browser.options("logon").body(), "http://evil.example"),
                device.lying()
                        .withRpId("evil.example")
                        .get(browser.options("logon").body(), browser.origin()),
                device.lying()
                        .withType("webauthn.create")
                        .get(browser.options("logon").body(), browser.origin()),
                device.lying().signedByAnotherKey().get(browser.options("logon").body(), browser.origin()),
                device.lying()
                        .withFlag(org.passkeygraft.testing.Flag.USER_VERIFIED, false)
                        .get(browser.options("logon").body(), browser.origin()))) {
            Answer refused = browser.answerLogon(lie);
            assertThat(refused.status()).as(lie).isBetween(400, 409);
            assertNotLetIn(browser.visit("secret/page.jsp"));
        }
        DoorBrowser bob = browser();
        assertThat(bob.answerLogon(bob.assertion(
                                device,
                                bob.post("passkey/logon/options", "{\"username\": \"bob\"}")
                                        .body()))
                        .code())
                .isEqualTo("wrong-account");
        assertThat(bob.visit("public/caller").body()).startsWith("caller=- ");
        assertThat(browser.logOn(device).status()).isIn(200, 302, 303);
    }

    @Test
    @Keeps(Promise.OWN_PASSKEYS)
    void anotherUsersPasskeyIsLikeNone() {
        String foreign = bind(username, "password", device);
        DoorBrowser attacker = loggedOn("bob", "bob");
        for (Answer answer : List.of(
                attacker.fetch("passkey/passkeys/" + foreign),
                attacker.change("passkey/passkeys/" + foreign + "/name", Map.of("name", "Stolen")),
                attacker.change("passkey/passkeys/" + foreign + "/deletion", Map.of()))) {
            assertThat(answer.status()).isIn(403, 404);
        }
        assertThat(attacker.fetch("passkey/passkeys").body()).doesNotContain(foreign);
        assertThat(browser().fetch("passkey/passkeys").status()).isEqualTo(401);
        assertThat(browser().logOn(device).status()).isIn(200, 302, 303);
    }

    @Test
    @Keeps(Promise.ROOT)
    void theRootApplicationWorksTheSameWay() {
        DoorBrowser browser = door.browser(server.wide().uri(""));
        assertThat(path(browser.visit("secret/page.jsp"))).startsWith("/passkey/logon?to=");
        assertThat(browser.logOn("bob", "bob").status()).isEqualTo(303);
        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for bob");
        assertThat(browser.visit("admin/page.jsp").status()).isEqualTo(403);
        assertThat(browser.bind(device, "At the root").status()).isEqualTo(201);
        assertThat(browser().logOn(device).status())
                .as("another application's passkey")
                .isEqualTo(401);
        assertThat(browser.visit("public/logout").body()).startsWith("caller=- ");
        assertThat(browser.logOn(device).status()).isIn(200, 302, 303);
        assertThat(browser.visit("public/caller").body()).startsWith("caller=bob ");
    }

    /** Whoever is not let in gets the way to a logon and nothing else: ours, or with FORM the application's own page. */
    private void assertNotLetIn(Answer answer) {
        assertThat(answer.body()).doesNotContain("SECRET", "ADMINISTRATION", "caller=");
        assertThat(answer.location() + answer.body())
                .containsAnyOf(door.contextPath() + "/passkey/logon", "/login.jsp", "Own logon page");
        assertThat(answer.status()).isIn(200, 302, 303);
    }

    private DoorBrowser browser() {
        return door.browser(server.wide().uri(door.contextPath()));
    }

    private DoorBrowser loggedOn(String name, String password) {
        DoorBrowser browser = browser();
        assertThat(browser.logOn(name, password).status()).isIn(302, 303);
        // Tomcat changes the session id once more with the first request that has a caller.
        browser.visit("public/caller");
        return browser;
    }

    /** The passkey's id. */
    private String bind(String name, String password, SoftwareAuthenticator authenticator) {
        Answer bound = loggedOn(name, password).bind(authenticator, "Mine");
        assertThat(bound.status()).as(bound.body()).isEqualTo(201);
        return bound.text("id");
    }

    private void execute(String command) {
        server.database().execute(server.accounts(door), command);
    }

    private String raw(String method, String path, String headers) {
        return method + " " + door.contextPath() + path + " HTTP/1.1\r\nHost: localhost:"
                + server.wide().port() + "\r\n" + headers + "\r\n";
    }

    private String exchange(String request) throws java.io.IOException {
        return RawConnection.exchange(server.wide().port(), request);
    }

    private static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static RawConnection.Response require(RawConnection connection) throws java.io.IOException {
        return connection.read().orElseThrow(() -> new AssertionError("the server closed the connection"));
    }

    private static String sessionOf(DoorBrowser browser) {
        return String.valueOf(browser.cookies().get("JSESSIONID"));
    }

    /** Where an answer leads, without scheme and host, which servers may put before it. */
    private static String path(Answer answer) {
        return Pattern.compile("^http://localhost:\\d+")
                .matcher(answer.location())
                .replaceFirst("");
    }

    private static void assertExpired(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("ceremony-expired");
    }
}
