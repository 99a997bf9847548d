package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.application.CallerServlet;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** The servers themselves, before anything is grafted on. */
class HarnessIT {
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <servlet>
                <servlet-name>caller</servlet-name>
                <servlet-class>org.passkeygraft.servers.application.CallerServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>caller</servlet-name>
                <url-pattern>/caller</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void applicationsOnOneServerAnswerWithServletsAndPages(ServerKind kind) {
        Path war = plain().file("page.jsp", "<%@ page session=\"false\" %>one and one is ${1 + 1}")
                .build();
        try (RunningServer server = kind.start(List.of(Deployment.of("", war), Deployment.of("/other", war)))) {
            for (String path : List.of("", "/other")) {
                ScreenlessBrowser browser = new ScreenlessBrowser(server.uri(path));
                assertThat(browser.visit("caller").body()).as(server.log()).startsWith("caller=- ");
                assertThat(browser.visit("page.jsp").body()).contains("one and one is 2");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationThatDoesNotStartIsAnErrorAndTheLogSaysWhy(ServerKind kind) {
        Path war = plain().graft(Map.of("passkey.accounts.kind", "nothing of that kind"))
                .build();

        assertThatThrownBy(
                        () -> kind.start(List.of(Deployment.of("/broken", war))).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("passkey.accounts.kind");
    }

    private WarBuilder plain() {
        return WarBuilder.inDirectory(directory.resolve("war")).webXml(WEB_XML).classes(CallerServlet.class);
    }

    /** What the table says of Jetty's 403 is Jetty's, not ours. */
    @Test
    void jettyForbidsInItsOwnWordsWithoutTheGraftToo() {
        HashLoginService realm = new HashLoginService("contract");
        UserStore users = new UserStore();
        users.addUser("bob", Credential.getCredential("bob"), new String[] {"user"});
        realm.setUserStore(users);
        String security = """
                <error-page><error-code>403</error-code><location>/page.jsp</location></error-page>
                <security-constraint>
                  <web-resource-collection>
                    <web-resource-name>all</web-resource-name><url-pattern>/caller</url-pattern>
                  </web-resource-collection>
                  <auth-constraint><role-name>admin</role-name></auth-constraint>
                </security-constraint>
                <login-config><auth-method>BASIC</auth-method><realm-name>contract</realm-name></login-config>
                <security-role><role-name>admin</role-name></security-role>
                </web-app>
                """;
        Path war = plain().webXml(WEB_XML.replace("</web-app>", security))
                .file("page.jsp", "the application's own words")
                .build();
        Deployment deployment = Deployment.of("", war).withJettyRealm(realm);
        try (RunningServer server = ServerKind.JETTY_12.start(List.of(deployment))) {
            ScreenlessBrowser browser = new ScreenlessBrowser(server.uri(""));
            Answer answer = browser.send(browser.request("caller").header("Authorization", "Basic Ym9iOmJvYg=="));
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("the application's own words");
        }
    }
}
