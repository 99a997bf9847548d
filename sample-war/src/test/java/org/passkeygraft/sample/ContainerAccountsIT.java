package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.RolePrincipal;
import org.eclipse.jetty.security.UserPrincipal;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TestSize;

/** Accounts of kind container: Jetty's own HashLoginService checks the password, and its roles are remembered. */
class ContainerAccountsIT {
    private static final Map<String, String> CONTAINER =
            Map.of("passkey.accounts.kind", "container", "passkey.accounts.remembered.maximum-age", "12h");

    private static final UserStore USERS = new UserStore();
    private static final CountingRealm REALM = new CountingRealm();
    private static OwnServer server;

    @BeforeEach
    void forgetWhatWasAsked() {
        REALM.asked.set(0);
    }

    @BeforeAll
    static void start() throws Exception {
        USERS.addUser("alice", Credential.getCredential("a-secret"), new String[] {"user"});
        USERS.addUser("bob", Credential.getCredential("b-secret"), new String[] {"user", "admin"});
        USERS.addUser("carol", Credential.getCredential("c-secret"), new String[] {"user"});
        USERS.addUser("dave", Credential.getCredential("d-secret"), new String[] {"user", "admin"});
        USERS.addUser("jürgen", Credential.getCredential("ü-secret"), new String[] {"user"});
        REALM.setName("sample");
        REALM.setUserStore(USERS);
        // One thread: whatever a request leaves behind, the next one finds.
        server = OwnServer.prepare(
                        RunningSample.war(),
                        1,
                        Map.of("/realm-login", new RealmLogin(), "/ask-often", new AskOften()),
                        REALM)
                .with(CONTAINER)
                .graft()
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thePasswordOfTheRealmLogsOnWithTheRealmsRoles() {
        SampleClient alice = browser();
        assertThat(alice.logOn("alice", "a-secret").status()).isEqualTo(303);
        assertThat(alice.me()).isEqualTo("alice");
        assertThat(alice.visit("secret/page").body()).contains("SECRET");
        assertThat(alice.visit("admin/page").status()).isEqualTo(403);

        SampleClient bob = browser();
        assertThat(bob.logOn("bob", "b-secret").status()).isEqualTo(303);
        assertThat(bob.visit("admin/page").status()).isEqualTo(200);

        assertThat(browser().logOn("jürgen", "ü-secret").status()).isEqualTo(303);
    }

    @Test
    void aPasskeyLogsOnWithTheRolesOfTheLastPassword() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient carol = browser();
        carol.logOn("carol", "c-secret");
        assertThat(carol.bind(device, "Phone").status()).isEqualTo(201);
        int asked = REALM.asked.get();

        SampleClient again = browser();
        assertThat(again.logOn(device).status()).isEqualTo(200);

        assertThat(again.me()).isEqualTo("carol");
        assertThat(again.visit("secret/page").body()).contains("SECRET");
        assertThat(again.visit("admin/page").status()).isEqualTo(403);
        assertThat(REALM.asked).hasValue(asked);
    }

    @Test
    void aRoleGivenOrTakenIsSeenAtTheNextPasswordLogonAndARefusedOneChangesNothing() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient dave = browser();
        dave.logOn("dave", "d-secret");
        dave.bind(device, "Phone");
        USERS.addUser("dave", Credential.getCredential("d-secret"), new String[] {"user"});

        assertThat(browser().logOn("dave", "wrong").status()).isEqualTo(401);
        assertThat(passkey(device).visit("admin/page").status()).isEqualTo(200);
        assertThat(browser().logOn("dave", "d-secret").status()).isEqualTo(303);
        assertThat(passkey(device).visit("admin/page").status()).isEqualTo(403);
    }

    private static SampleClient passkey(SoftwareAuthenticator device) {
        SampleClient browser = browser();
        assertThat(browser.logOn(device).status()).isEqualTo(200);
        return browser;
    }

    @Test
    void whatTheRealmRefusesIsRefusedInTheOneWay() {
        for (List<String> wrong : List.of(
                List.of("alice", "wrong"),
                List.of("alice", ""),
                List.of("nobody", "a-secret"),
                List.of("ALICE", "a-secret"),
                List.of("", "a-secret"),
                List.of("alice\0", "a-secret"),
                List.of("alice", "pkt1.a-secret"))) {
            SampleClient browser = browser();
            Answer answer = browser.change(
                    "passkey/logon/password", Map.of("username", wrong.get(0), "password", wrong.get(1)));
            assertThat(answer.status()).as(wrong.toString()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("authentication-failed");
            assertThat(browser.me()).isEmpty();
            assertThat(browser.visit("secret/page").status()).isEqualTo(302);
        }
    }

    @Test
    void thePasswordIsCheckedOnceARequestHoweverOftenTheCallerIsAskedFor() {
        browser().logOn("alice", "a-secret");
        assertThat(REALM.asked).hasValue(1);
        browser().logOn("alice", "wrong");
        assertThat(REALM.asked).hasValue(2);

        browser().visit("ask-often");
        assertThat(REALM.asked).hasValue(2);
    }

    @Test
    void whatAServletWouldRefuseUnreadNeverReachesTheRealm() {
        String form = "application/x-www-form-urlencoded";
        String fields = "username=alice&password=a-secret";
        assertThat(post("passkey/logon/password", form, fields, "Sec-Fetch-Site", "cross-site"))
                .isEqualTo(403);
        assertThat(post("passkey/logon/password", form, fields, "Origin", "https://evil.example"))
                .isEqualTo(403);
        assertThat(post("passkey/logon/password", form, fields, "X-Nothing", "x"))
                .isEqualTo(403);
        assertThat(post("passkey/logon/password", "text/plain", fields, "Sec-Fetch-Site", "same-origin"))
                .isEqualTo(415);
        assertThat(post("passkey/logon/password?" + fields, form, "x=y", "Sec-Fetch-Site", "same-origin"))
                .isEqualTo(400);
        assertThat(post(
                        "passkey/logon/password",
                        form,
                        fields + "&x=" + "y".repeat(70_000),
                        "Sec-Fetch-Site",
                        "same-origin"))
                .isEqualTo(413);
        assertThat(post("passkey/logon/password/", form, fields, "Sec-Fetch-Site", "same-origin"))
                .isEqualTo(404);
        assertThat(post("public/page", form, fields, "Sec-Fetch-Site", "same-origin"))
                .isNotEqualTo(500);

        assertThat(REALM.asked).hasValue(0);
    }

    @Test
    void takesAFormThatDoesNotTellItsLength() {
        SampleClient browser = browser();

        Answer logon = browser.send(browser.request("passkey/logon/password")
                .header("Origin", browser.origin())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                        "username=alice&password=a-secret".getBytes(StandardCharsets.UTF_8)))));

        assertThat(logon.status()).isEqualTo(303);
        assertThat(browser.me()).isEqualTo("alice");
    }

    private static int post(String path, String type, String body, String header, String value) {
        return browser()
                .send(browser()
                        .request(path)
                        .header("Content-Type", type)
                        .header("Accept", "application/json")
                        .header(header, value)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)))
                .status();
    }

    @Test
    void aConfirmationAsksTheRealmForTheCallersOwnPassword() {
        SampleClient alice = browser();
        alice.logOn("alice", "a-secret");
        int asked = REALM.asked.get();

        assertThat(alice.change("passkey/confirm/password", Map.of("password", "b-secret"))
                        .status())
                .isEqualTo(401);
        assertThat(alice.change("passkey/confirm/password", Map.of("password", "a-secret"))
                        .status())
                .isEqualTo(200);
        assertThat(REALM.asked).hasValue(asked + 2);
        assertThat(alice.me()).isEqualTo("alice");
        assertThat(browser()
                        .change("passkey/confirm/password", Map.of("password", "a-secret"))
                        .status())
                .isEqualTo(401);
        assertThat(REALM.asked).hasValue(asked + 2);
    }

    @Test
    void t85_aPasswordThatWasCheckedLeavesNothingToTheThreadsNextRequest() {
        for (int round = 0; round < TestSize.of(10, 500); round++) {
            SampleClient alice = browser();
            SampleClient anonymous = browser();
            alice.logOn("bob", "b-secret");
            assertThat(anonymous.me()).isEmpty();
            alice.change("passkey/confirm/password", Map.of("password", "b-secret"));
            assertThat(anonymous.visit("secret/page").status()).isEqualTo(302);
            alice.logOn("bob", "wrong");
            assertThat(anonymous.me()).isEmpty();
            browser().logOn("alice", "a-secret");
            assertThat(anonymous.visit("admin/page").status()).isEqualTo(302);
            assertThat(anonymous.fetch("passkey/passkeys").status()).isEqualTo(401);
        }
    }

    @Test
    void anotherUsersLogonInASessionIsThatUsers() {
        SampleClient browser = browser();
        browser.logOn("bob", "b-secret");
        assertThat(browser.logOn("alice", "a-secret").status()).isEqualTo(303);

        assertThat(browser.me()).isEqualTo("alice");
        assertThat(browser.visit("admin/page").status()).isEqualTo(403);
    }

    @Test
    void aLoginByTheApplicationSaysWhyItCannotBe() {
        assertThat(browser().visit("realm-login").body())
                .contains("ServletException")
                .contains("kind=container");
        assertThat(REALM.asked).hasValue(0);
    }

    @Test
    void aRealmThatBreaksIsAnAccidentAndNoRefusal() {
        SampleClient alice = browser();
        alice.logOn("alice", "a-secret");
        REALM.broken = true;

        assertThat(browser()
                        .change("passkey/logon/password", Map.of("username", "alice", "password", "a-secret"))
                        .status())
                .isEqualTo(503);
        assertThat(alice.me()).isEqualTo("alice");
        REALM.broken = false;
        assertThat(browser().logOn("alice", "a-secret").status()).isEqualTo(303);
    }

    @Test
    void withoutAMaximumAgeTheApplicationDoesNotStart() {
        assertThatThrownBy(() -> {
                    try (OwnServer other = OwnServer.prepare(RunningSample.war(), 1, Map.of())) {
                        other.with(Map.of("passkey.accounts.kind", "container"))
                                .graft()
                                .start();
                    }
                })
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("passkey.accounts.remembered.maximum-age");
    }

    private static SampleClient browser() {
        return new SampleClient(server.uri());
    }

    /** Jetty's own, with a look at how often it is asked. */
    private static final class CountingRealm extends HashLoginService {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean broken;

        @Override
        protected UserPrincipal loadUserInfo(String username) {
            asked.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
            return super.loadUserInfo(username);
        }

        @Override
        protected List<RolePrincipal> loadRoleInfo(UserPrincipal user) {
            return super.loadRoleInfo(user);
        }
    }

    /** An application that logs its users on itself. */
    private static final class RealmLogin extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                request.login("alice", "a-secret");
                response.getWriter().write("logged on");
            } catch (ServletException refused) {
                response.getWriter().write(refused.toString());
            }
        }
    }

    /** An application that wants to know who it is, many times. */
    private static final class AskOften extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            for (int i = 0; i < 10; i++) {
                response.getWriter().write(request.getUserPrincipal() + " " + request.isUserInRole("user"));
            }
        }
    }
}
