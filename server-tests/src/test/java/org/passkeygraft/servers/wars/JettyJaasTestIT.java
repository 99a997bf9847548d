package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.Deployment;
import org.passkeygraft.servers.RunningServer;
import org.passkeygraft.servers.ServerKind;
import org.passkeygraft.servers.WarBuilder;
import org.passkeygraft.testing.ScreenlessBrowser;

/** The JAAS test of Jetty 9.4: a descriptor of Servlet 2.5 with FORM logon, static pages, no class and no library. */
class JettyJaasTestIT {
    /** A Jetty 9 configuration, which no other server understands, and a page in the language of javax. */
    private static final Set<String> NINE_ONLY = Set.of("WEB-INF/jetty-web.xml", "logout.jsp");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aPasskeyOpensItsProtectedPage(ServerKind kind) throws IOException {
        Path original = WarBuilder.inDirectory(directory.resolve("original"))
                .contentOf(Artifacts.jettyJaasTest())
                .build();
        Path grafted = WarBuilder.inDirectory(directory.resolve("grafted"))
                .contentOf(original, name -> !NINE_ONLY.contains(name))
                .graft(Accounts.settings(directory, "roleA"))
                .build();
        try (RunningServer server = kind.start(List.of(Deployment.of("/test-jaas", grafted)))) {
            Views views = Views.of(server.uri("/test-jaas"), "auth.html", "You are AUTHENTICATED and AUTHORIZED");

            assertThat(views).as(server.log()).isEqualTo(Views.RIGHT);
            RealWarsTable.has("Jetty 9.4's JAAS test", kind, "module", Footprint.between(original, grafted), views);
            assertThat(new ScreenlessBrowser(server.uri("/test-jaas")).visit("").body())
                    .contains("JAAS Authentication and Authorization Demo");
        }
    }
}
