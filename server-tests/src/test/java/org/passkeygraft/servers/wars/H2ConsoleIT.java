package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.Deployment;
import org.passkeygraft.servers.RunningServer;
import org.passkeygraft.servers.ServerKind;
import org.passkeygraft.servers.WarBuilder;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** H2's console as a servlet: no constraint, a logon of its own to a database, its own session id in every URL. */
class H2ConsoleIT {
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <display-name>H2 console</display-name>
              <servlet>
                <servlet-name>console</servlet-name>
                <servlet-class>org.h2.server.web.JakartaWebServlet</servlet-class>
                <load-on-startup>1</load-on-startup>
              </servlet>
              <servlet-mapping>
                <servlet-name>console</servlet-name>
                <url-pattern>/console/*</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    /** It has no such role; the filter door asks for one all the same. */
    private static final String ROLE = "database";

    private static final Pattern SESSION = Pattern.compile("jsessionid=([0-9a-f]+)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void theFilterDoorStandsBeforeItAndItsOwnLogonGoesOn(ServerKind kind) throws IOException {
        Path original = application("original").build();
        Path grafted = application("grafted")
                .graft(settings(), jar -> !jar.startsWith("h2-"))
                .build();
        try (RunningServer server = kind.start(List.of(Deployment.of("/h2", grafted)))) {
            Views views = Views.of(server.uri("/h2"), "console/", "login.jsp");

            assertThat(views).as(server.log()).isEqualTo(Views.RIGHT);
            RealWarsTable.has("H2's console", kind, "filter", Footprint.between(original, grafted), views);
            itsOwnLogonWorks(server);
        }
    }

    private void itsOwnLogonWorks(RunningServer server) {
        ScreenlessBrowser browser = new ScreenlessBrowser(server.uri("/h2"));
        browser.logOn("member", Accounts.PASSWORD);
        String session = session(browser.visit("console/").body());
        // The console opens what is there: the accounts, which the graft opened with the same library.
        Answer frames = browser.submit(
                "console/login.do?jsessionid=" + session,
                Map.of("driver", "org.h2.Driver", "url", "jdbc:h2:mem:accounts", "user", "", "password", ""));
        assertThat(frames.body()).contains("tables.do?jsessionid=" + session);
        assertThat(browser.visit("console/tables.do?jsessionid=" + session).body())
                .contains("INFORMATION_SCHEMA");
        // Its session id is no way around the door.
        Answer stolen = new ScreenlessBrowser(server.uri("/h2")).visit("console/tables.do?jsessionid=" + session);
        assertThat(stolen.status()).isEqualTo(302);
        assertThat(stolen.location()).contains("/passkey/logon?to=");
    }

    private static String session(String page) {
        Matcher id = SESSION.matcher(page);
        assertThat(id.find()).as(page).isTrue();
        return id.group(1);
    }

    private WarBuilder application(String state) {
        WarBuilder war = WarBuilder.inDirectory(directory.resolve(state)).webXml(WEB_XML);
        Artifacts.neighbours("old").stream()
                .filter(jar -> jar.getFileName().toString().startsWith("h2-"))
                .forEach(war::jar);
        return war;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Accounts.settings(directory, ROLE));
        settings.put("passkey.door", "filter");
        settings.put("passkey.protect.1.pattern", "/*");
        settings.put("passkey.protect.1.roles", ROLE);
        return settings;
    }
}
