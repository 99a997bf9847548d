package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;

/** Filter and servlets are there once, whatever the application's descriptor lets in; without them nothing starts (T-88). */
class RegistrationIT {
    private static final String FILTER = """
            <filter>
              <filter-name>ours</filter-name>
              <filter-class>org.passkeygraft.web.PasskeyFilter</filter-class>
              <async-supported>true</async-supported>
            </filter>
            <filter-mapping>
              <filter-name>ours</filter-name>
              <url-pattern>%s</url-pattern>
              <dispatcher>REQUEST</dispatcher>
              <dispatcher>FORWARD</dispatcher>
              <dispatcher>INCLUDE</dispatcher>
              <dispatcher>ERROR</dispatcher>
              <dispatcher>ASYNC</dispatcher>
            </filter-mapping>
            """;
    private static final String LISTENER =
            "<listener><listener-class>org.passkeygraft.web.PasskeyListener</listener-class></listener>";

    private static final String UNCONSTRAINED = """
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>Passkey logon</web-resource-name>
                <url-pattern>/passkey/*</url-pattern>
              </web-resource-collection>
            </security-constraint>
            """;
    private static final String ALL = "/*";

    @Test
    void aCompleteDescriptorLetsUsInAllTheSame() throws Exception {
        try (Variant application = unconstrained().metadataComplete();
                OwnServer server = guarded(application).start()) {
            assertWorks(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anApplicationThatConstrainsEverythingCanBeLoggedOnTo(boolean complete) throws Exception {
        try (Variant application = Variant.of(RunningSample.war())
                .descriptor(xml -> xml.replace("<url-pattern>/secret/*<", "<url-pattern>/*<"))) {
            if (complete) {
                // Jetty does not let an initializer open what the descriptor constrains.
                application.metadataComplete().declaring(UNCONSTRAINED);
            }
            try (OwnServer server = OwnServer.prepare(application.directory(), 8, DoorServlets.all())
                    .graft()
                    .start()) {
                assertWorks(server);
                assertThat(new SampleClient(server.uri()).visit("public/page").status())
                        .isEqualTo(302);
            }
        }
    }

    @Test
    void aFilterThatTheApplicationDeclaresIsTheOnlyOne() throws Exception {
        for (String setting : new String[] {"auto", "off"}) {
            try (Variant application = unconstrained().declaring(FILTER.formatted(ALL));
                    OwnServer server =
                            guarded(application).with("passkey.filter", setting).start()) {
                assertWorks(server);
            }
        }
    }

    @Test
    void aListenerIsEnoughWhereNoInitializerIsCalled() throws Exception {
        try (Variant application = unconstrained().declaring(LISTENER + "<absolute-ordering/>");
                OwnServer server = guarded(application).start()) {
            assertWorks(server);
        }
    }

    @Test
    void whereNoInitializerIsCalledAtAllTheRulesHold() throws Exception {
        try (Variant application = unconstrained().declaring(LISTENER);
                OwnServer server = guarded(application).withoutInitializers().start()) {
            SampleClient browser = new SampleClient(server.uri());
            assertThat(browser.visit("secret/who").status()).isEqualTo(302);
            assertThat(browser.visit("passkey/passkey.css").status()).isEqualTo(200);
            assertThat(browser.logOn("bob", "bob").status()).isEqualTo(303);
            assertThat(browser.visit("secret/who").body()).startsWith("{bob bob ");
        }
    }

    @Test
    void aListenerBesideTheInitializerDoesNothing() throws Exception {
        try (Variant application = unconstrained().declaring(LISTENER);
                OwnServer server = guarded(application).start()) {
            assertWorks(server);
        }
    }

    @Test
    void t88_aFilterThatIsOffIsMissedWhereSomethingIsToBeProtected() throws Exception {
        try (Variant application = unconstrained();
                OwnServer server = guarded(application).with("passkey.filter", "off")) {
            assertRefused(server::start, "org.passkeygraft.web.PasskeyFilter", "passkey.filter");
        }
    }

    @Test
    void t88_aFilterThatDoesNotSeeEverythingIsNotEnough() throws Exception {
        try (Variant application = unconstrained().declaring(FILTER.formatted("/secret/*"));
                OwnServer server = guarded(application)) {
            assertRefused(server::start, "before every path");
        }
    }

    @Test
    void t76_aFilterThatDoesNotSeeEveryDispatchIsNotEnough() throws Exception {
        String requestsOnly = FILTER.formatted(ALL).replaceAll("(?m)^.*<dispatcher>.*\\R", "");
        try (Variant application = unconstrained().declaring(requestsOnly);
                OwnServer server = guarded(application)) {
            assertRefused(server::start, "all dispatchers");
        }
    }

    @Test
    void t88_theFilterDoorProtectsSomething() throws Exception {
        try (Variant application = unconstrained();
                OwnServer server =
                        OwnServer.prepare(application.directory(), 8, Map.of()).with("passkey.door", "filter")) {
            assertRefused(server::start, "passkey.door", "passkey.protect.1.pattern");
        }
    }

    @Test
    void t88_jettyTakesNoModuleFromAListener() throws Exception {
        try (Variant application = Variant.of(RunningSample.war()).declaring(LISTENER);
                OwnServer server = OwnServer.prepare(application.directory(), 8, Map.of())
                        .graft()
                        .withoutInitializers()) {
            assertRefused(server::start, "jetty-ee10-annotations");
        }
    }

    @Test
    void withoutTheFilterAndWithoutRulesOnlyItsRepairsAreMissing() throws Exception {
        try (OwnServer server = OwnServer.prepare(RunningSample.war(), 8, DoorServlets.all())
                .graft()
                .with("passkey.filter", "off")
                .start()) {
            SampleClient browser = new SampleClient(server.uri());
            assertThat(browser.logOn("bob", "bob").status()).isEqualTo(303);
            assertThat(browser.me()).isEqualTo("bob");
            assertThat(browser.visit("passkey/passkey.css").status()).isEqualTo(200);
        }
    }

    @Test
    void rulesHoldInTheModuleDoorToo() throws Exception {
        try (OwnServer server = OwnServer.prepare(RunningSample.war(), 8, DoorServlets.all())
                .graft()
                .with("passkey.protect.1.pattern", "/public/*")
                .with("passkey.protect.1.roles", "admin")
                .start()) {
            SampleClient browser = new SampleClient(server.uri());
            assertThat(browser.visit("public/page").status()).isEqualTo(302);
            browser.logOn("bob", "bob");
            assertThat(browser.visit("public/page").status()).isEqualTo(403);
            assertThat(browser.visit("secret/page").status()).isEqualTo(200);
            browser.logOn("alice", "alice");
            assertThat(browser.visit("public/page").status()).isEqualTo(200);
        }
    }

    @Test
    void t88_aFilterThatDoesNotSeeEveryDispatchIsNotEnough() throws Exception {
        try (Variant application =
                        unconstrained().declaring(FILTER.formatted(ALL).replace("<dispatcher>ASYNC</dispatcher>", ""));
                OwnServer server = guarded(application)) {
            assertRefused(server::start, "before every path");
        }
    }

    @Test
    void aLogonPageThatIsItselfProtectedSendsNobodyInACircle() throws Exception {
        try (OwnServer circle = OwnServer.prepare(RunningSample.war(), 4, Map.of())
                .graft()
                .with("passkey.logon-page", "/secret/login")
                .start()) {
            SampleClient browser = new SampleClient(circle.uri());
            assertThat(browser.visit("secret/page").location()).startsWith("/sample/secret/login?to=");
            assertThat(browser.visit("secret/login").location()).startsWith("/sample/passkey/logon?to=");
        }
    }

    private static Variant unconstrained() throws Exception {
        return Variant.of(RunningSample.war()).withoutConstraints();
    }

    private static OwnServer guarded(Variant application) throws Exception {
        return OwnServer.prepare(application.directory(), 8, DoorServlets.all())
                .with("passkey.protect.1.pattern", "/secret/*")
                .with("passkey.protect.1.roles", "user");
    }

    private static void assertWorks(OwnServer server) {
        SampleClient browser = new SampleClient(server.uri());
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
        assertThat(browser.visit("passkey/logon").status()).isEqualTo(200);
        for (String file : new String[] {"passkey.css", "passkey.js", "icon/passkey.svg"}) {
            assertThat(browser.visit("passkey/" + file).status()).as(file).isEqualTo(200);
        }
        String page = browser.visit("passkey/logon").body();
        String versioned = page.replaceFirst("(?s).*href=\"/sample/(passkey/v-[^\"]+\\.css)\".*", "$1");
        assertThat(browser.visit(versioned).header("Cache-Control")).contains("immutable");
        assertThat(browser.logOn("bob", "bob").status()).isEqualTo(303);
        assertThat(browser.visit("secret/page").body()).contains("for our staff only");
        assertThat(browser.visit("secret/who").body()).startsWith("{bob bob ");
        assertThat(browser.submit("passkey/logout", Map.of()).status()).isEqualTo(303);
        assertThat(browser.visit("secret/page").status()).isEqualTo(302);
    }

    private static void assertRefused(ThrowingCallable start, String... words) {
        assertThatThrownBy(start).satisfies(failure -> {
            StringBuilder messages = new StringBuilder();
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                messages.append(cause.getMessage()).append('\n');
            }
            assertThat(messages).contains(words);
        });
    }
}
