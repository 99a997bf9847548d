package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TestSize;

/** T-80 to T-87: who a request comes from is the request's own, whatever happened on its thread before. */
class IdentityIT {
    private static OwnServer narrow;
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        narrow = OwnServer.prepare(
                        RunningSample.war(),
                        1,
                        Map.of(
                                "/broken", new Broken(),
                                "/secret/broken", new Broken(),
                                "/remember", new Remember(),
                                "/attributes", new Attributes()))
                .graft()
                .start();
        sample = RunningSample.start();
    }

    @AfterAll
    static void stop() throws Exception {
        narrow.close();
        sample.close();
    }

    @Test
    void t85_afterAliceTheThreadIsNobodys() {
        SampleClient alice = alice();
        for (int round = 0; round < TestSize.of(50, 2_000); round++) {
            SampleClient anonymous = new SampleClient(narrow.uri());
            assertThat(alice.me()).isEqualTo("alice");
            assertThat(anonymous.me()).isEmpty();
            assertThat(alice.visit("secret/page").body()).contains("SECRET");
            assertThat(anonymous.visit("secret/page").status()).isEqualTo(302);
            assertThat(anonymous.me()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "secret/broken", "secret/nothing", "logout", "public/page", "passkey/security"})
    void t85_afterARequestOfAlicesThatWentWrongTheThreadIsNobodys(String path) {
        SampleClient alice = alice();
        for (int round = 0; round < 10; round++) {
            SampleClient anonymous = new SampleClient(narrow.uri());
            alice.visit(path);
            assertThat(anonymous.me()).isEmpty();
            alice.fetch(path);
            assertThat(anonymous.visit("secret/page").status()).isEqualTo(302);
            assertThat(anonymous.fetch("passkey/passkeys").status()).isEqualTo(401);
        }
    }

    @Test
    void t80_aModuleThatFailsClosesWhatIsProtectedAndNothingElse() throws Exception {
        try (OwnServer broken = OwnServer.prepare(RunningSample.war(), 4, Map.of("/take-away", new TakeAway()))
                .graft()
                .start()) {
            SampleClient alice = new SampleClient(broken.uri());
            alice.logOn("alice", "alice");
            assertThat(alice.visit("secret/page").body()).contains("SECRET");
            assertThat(alice.visit("take-away").status()).isEqualTo(200);

            assertThat(alice.visit("secret/page").status()).isEqualTo(503);
            assertThat(alice.fetch("secret/page").body()).doesNotContain("SECRET", "Exception");
            assertThat(alice.visit("public/page").status()).isEqualTo(200);
            assertThat(new SampleClient(broken.uri()).visit("secret/page").status())
                    .isNotEqualTo(200);
        }
    }

    @Test
    void t81_aSessionRecordThatIsBrokenIsNobodys() {
        for (String record : List.of(
                "rubbish",
                "1",
                "1\n\n\n\n\n\n\n\n\n",
                "2\nid\nalice\n1\n0\n0\n0\n\n\nadmin",
                "1\nid\nalice\n1\nx\ny\nz\n\n")) {
            SampleClient browser = new SampleClient(narrow.uri());
            browser.submit("remember", Map.of("record", record));
            assertThat(browser.cookies()).containsKey("JSESSIONID");

            assertThat(browser.me()).isEmpty();
            assertThat(browser.visit("public/page").status()).isEqualTo(200);
            assertThat(browser.visit("secret/page").status()).isEqualTo(302);
            assertThat(browser.visit("admin/page").status()).isEqualTo(302);
            assertThat(browser.logOn("alice", "alice").status()).isEqualTo(303);
            assertThat(browser.me()).isEqualTo("alice");
        }
    }

    @Test
    void t81_aForgedOrEndedSessionCookieIsNobodys() {
        SampleClient ended = sample.newBrowser();
        ended.logOn("bob", "bob");
        String old = String.valueOf(ended.cookies().get("JSESSIONID"));
        ended.submit("passkey/logout", Map.of());
        for (String cookie : List.of(old, "node0abc", "x".repeat(2_000), "alice", "../../alice", "%00", "\"quoted\"")) {
            SampleClient browser = sample.newBrowser();
            browser.cookies().put("JSESSIONID", cookie);
            assertThat(browser.visit("public/page").status()).isEqualTo(200);
            assertThat(browser.me()).isEmpty();
            assertThat(browser.visit("secret/page").status()).isEqualTo(302);
            assertThat(browser.visit("passkey/logon").status()).isEqualTo(200);
        }
    }

    /** A server that writes sessions down needs no class of ours to read them, and finds none to misuse. */
    @Test
    void t100_aSessionHoldsTextsOnly() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient alice = alice();
        alice.bindingOptions("First");
        assertThat(alice.bind(device, "First").status()).isEqualTo(201);
        SampleClient byPasskey = new SampleClient(narrow.uri());
        assertThat(byPasskey.logOn(device).status()).isEqualTo(200);
        byPasskey.options("confirm");
        byPasskey.confirm(device);
        byPasskey.bindingOptions("Second");
        byPasskey.visit("secret/page");

        for (SampleClient browser : List.of(alice, byPasskey)) {
            assertThat(browser.visit("attributes").body().lines())
                    .filteredOn(line -> !line.startsWith("org.eclipse.jetty."))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" java.lang.String"));
        }
    }

    @Test
    void t84_noAnswerEverCarriesTheOthersName() {
        assertThat(Crowd.mistaken(sample, TestSize.of(16, 200), TestSize.of(300, 500)))
                .containsOnly(0);
    }

    private static SampleClient alice() {
        SampleClient browser = new SampleClient(narrow.uri());
        assertThat(browser.logOn("alice", "alice").status()).isEqualTo(303);
        return browser;
    }

    /** Asks who the caller is and breaks. */
    private static final class Broken extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            throw new IllegalStateException("broken on purpose, for " + request.getRemoteUser());
        }
    }

    /** Tells which classes are kept in the session. */
    private static final class Attributes extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            HttpSession session = request.getSession();
            for (String name : Collections.list(session.getAttributeNames())) {
                response.getWriter()
                        .println(name + " "
                                + session.getAttribute(name).getClass().getName());
            }
        }
    }

    /** Takes away what the module cannot do without. */
    private static final class TakeAway extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            getServletContext().removeAttribute("org.passkeygraft.runtime");
        }
    }

    /** What somebody who can write sessions would do. */
    private static final class Remember extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getSession().setAttribute("org.passkeygraft.caller", request.getParameter("record"));
            response.getWriter().write("remembered");
        }
    }
}
