package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.servers.TomcatApplications.UMLAUT;
import static org.passkeygraft.servers.TomcatApplications.UMLAUT_PASSWORD;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.TomcatApplications.Site;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Accounts of kind container: Tomcat's own realms check the password, and their roles are remembered. */
abstract class RealmsContract {
    private static final int FAILURES_OF_TOMCATS_LOCK = 5;

    private final TomcatApplications applications;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    RealmsContract(TomcatApplications applications) {
        this.applications = applications;
    }

    @ParameterizedTest
    @EnumSource(names = {"USERS", "DATABASE"})
    void aPasswordOfTheRealmLogsOnWithItsRoles(Site site) {
        DoorBrowser bob = applications.browser(site);
        Answer challenge = bob.visit("secret/page.jsp?a=1");
        assertThat(challenge.status()).isEqualTo(302);

        Answer logon = bob.logOnAt(challenge, "bob", "bob");

        assertThat(logon.status()).isEqualTo(303);
        assertThat(logon.location()).endsWith(site.contextPath() + "/secret/page.jsp?a=1");
        assertThat(bob.visit("secret/caller").body())
                .startsWith("caller=bob remote=bob ")
                .contains(" roles=user+** ");
        assertThat(bob.visit("admin/page.jsp").status()).isEqualTo(403);
        DoorBrowser alice = loggedOn(site, "alice", "alice");
        assertThat(alice.visit("admin/caller").body()).contains(" roles=admin+user+** ");
    }

    @ParameterizedTest
    @EnumSource(names = {"USERS", "DATABASE"})
    void whateverIsWrongIsRefusedAlike(Site site) {
        for (List<String> wrong :
                List.of(List.of("bob", "alice"), List.of("bob", ""), List.of("nobody", "bob"), List.of("BOB", "bob"))) {
            DoorBrowser browser = applications.browser(site);
            Answer refused = browser.tryToLogOn(wrong.get(0), wrong.get(1));
            assertThat(refused.status()).as(wrong.toString()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("authentication-failed");
            assertThat(browser.visit("public/caller").body()).startsWith("caller=- ");
            assertThat(browser.visit("secret/page.jsp").location()).contains("/passkey/logon?to=");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"USERS", "DATABASE"})
    void aPasskeyLogsOnWithTheRolesOfTheLastPassword(Site site) {
        for (String name : List.of("alice", "bob")) {
            SoftwareAuthenticator own = SoftwareAuthenticator.synced();
            assertThat(loggedOn(site, name, name).bind(own, "Mine").status()).isEqualTo(201);
            DoorBrowser browser = applications.browser(site);

            assertThat(browser.logOn(own).status()).isEqualTo(200);

            assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for " + name);
            assertThat(browser.visit("admin/page.jsp").status()).isEqualTo(name.equals("alice") ? 200 : 403);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"USERS", "DATABASE"})
    void aConfirmationAsksTheSameRealm(Site site) {
        String worker = applications.worker();
        DoorBrowser browser = loggedOn(site, worker, worker);

        Answer wrong = browser.change("passkey/confirm/password", Map.of("password", "bob"));
        Answer right = browser.change("passkey/confirm/password", Map.of("password", worker));

        assertThat(wrong.status()).as(wrong.body()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("authentication-failed");
        assertThat(right.status()).as(right.body()).isEqualTo(200);
        assertThat(browser.visit("public/caller").body()).startsWith("caller=" + worker + " ");
    }

    @ParameterizedTest
    @EnumSource(names = {"USERS", "DATABASE"})
    void aLoginByTheApplicationSaysWhyItCannotBe(Site site) {
        assertThat(applications
                        .browser(site)
                        .visit("public/login?name=bob&password=bob")
                        .body())
                .startsWith("refused caller=- ")
                .contains("request.login() cannot be used with passkey.accounts.kind=container");
    }

    @ParameterizedTest
    @EnumSource(names = {"USERS", "DATABASE", "TABLES"})
    void namesAndPasswordsAreReadAsUtf8(Site site) {
        for (String place : List.of("passkey/logon/password", "j_security_check")) {
            DoorBrowser browser = applications.browser(site);
            boolean ours = place.startsWith("passkey");

            Answer logon = browser.submit(
                    place,
                    Map.of(
                            ours ? "username" : "j_username", UMLAUT,
                            ours ? "password" : "j_password", UMLAUT_PASSWORD));

            assertThat(logon.status()).as(place).isEqualTo(303);
            assertThat(browser.visit("secret/caller").body())
                    .startsWith("caller=" + UMLAUT + " remote=" + UMLAUT + " ");
        }
        DoorBrowser browser = loggedOn(site, UMLAUT, UMLAUT_PASSWORD);
        Answer bound = browser.bind(device, "Jürgens");
        assertThat(bound.status()).as(bound.body()).isEqualTo(201);
        DoorBrowser byPasskey = applications.browser(site);
        assertThat(byPasskey.logOn(device).status()).isEqualTo(200);
        assertThat(byPasskey.visit("secret/page.jsp").body()).contains("SECRET page for " + UMLAUT);
    }

    /** Tomcat's LockOutRealm, which stands around its UserDatabaseRealm, as it comes from Apache. */
    @Test
    void tomcatsLockAfterWrongPasswordsHoldsBackPasswordsAndNoPasskey() {
        String worker = applications.worker();
        assertThat(loggedOn(Site.USERS, worker, worker).bind(device, "Mine").status())
                .isEqualTo(201);
        for (int i = 0; i < FAILURES_OF_TOMCATS_LOCK; i++) {
            applications.browser(Site.USERS).tryToLogOn(worker, "wrong");
        }

        assertThat(applications.browser(Site.USERS).tryToLogOn(worker, worker).status())
                .isEqualTo(401);
        assertThat(applications.browser(Site.USERS).logOn(device).status()).isEqualTo(200);
    }

    /** What Tomcat tells then is the same as for a wrong password, so it is here. */
    @Test
    void aRealmWithoutItsDatabaseRefusesPasswordsAndNoPasskey() {
        String worker = applications.worker();
        assertThat(loggedOn(Site.DATABASE, worker, worker).bind(device, "Mine").status())
                .isEqualTo(201);
        applications.executeInRealm("alter table member rename to gone");
        try {
            assertThat(applications
                            .browser(Site.DATABASE)
                            .tryToLogOn(worker, worker)
                            .status())
                    .isEqualTo(401);
            assertThat(applications.browser(Site.DATABASE).logOn(device).status())
                    .isEqualTo(200);
        } finally {
            applications.executeInRealm("alter table gone rename to member");
        }
        loggedOn(Site.DATABASE, worker, worker);
    }

    @Test
    void theSameSiteThatTheApplicationHasStays() {
        String tomcats = session(applications.browser(Site.USERS).logOn("bob", "bob"));
        String ofWebXml = session(applications.browser(Site.DATABASE).logOn("bob", "bob"));
        String ours = session(applications.browser(Site.TABLES).logOn("bob", "bob"));

        for (String strict : List.of(tomcats, ofWebXml)) {
            assertThat(strict).contains("SameSite=Strict", "HttpOnly").doesNotContain("SameSite=Lax");
        }
        assertThat(ours).contains("SameSite=Lax", "HttpOnly");
    }

    private static String session(Answer answer) {
        return answer.headers("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("JSESSIONID="))
                .reduce("", (before, last) -> last);
    }

    private DoorBrowser loggedOn(Site site, String name, String password) {
        DoorBrowser browser = applications.browser(site);
        assertThat(browser.logOn(name, password).status()).isEqualTo(303);
        browser.visit("public/caller");
        return browser;
    }

    /** The form of a logon page that lies in a protected folder; a browser sends it again to where the 307 leads. */
    @ParameterizedTest
    @EnumSource(names = {"USERS", "DATABASE", "TABLES"})
    void takesTheLogonFormOfAProtectedFolder(Site site) {
        DoorBrowser browser = applications.browser(site);
        Map<String, String> form = Map.of("j_username", "bob", "j_password", "bob");

        Answer first = browser.submit("secret/j_security_check", form);
        assertThat(first.status()).isEqualTo(307);
        Answer second = browser.submit(first.location().replaceFirst(".*" + site.contextPath() + "/", ""), form);

        assertThat(second.status()).isEqualTo(303);
        assertThat(browser.visit("secret/caller").body()).startsWith("caller=bob ");
    }
}
