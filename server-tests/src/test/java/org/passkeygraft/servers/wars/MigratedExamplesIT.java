package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.Deployment;
import org.passkeygraft.servers.RunningServer;
import org.passkeygraft.servers.ServerKind;

/** A javax application, the examples of Tomcat 9, made a Jakarta one by Tomcat's own tool before the graft. */
class MigratedExamplesIT {
    @TempDir
    static Path migration;

    @TempDir
    Path directory;

    private static Path migrated = Path.of("");

    @BeforeAll
    static void migrate() throws Exception {
        migrated = Artifacts.migrated(Artifacts.tomcat9Examples(), migration.resolve("examples"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY_12")
    void aPasskeyOpensTheProtectedPageAndTheOthersAnswerAsBefore(ServerKind kind) throws IOException {
        Path grafted = TomcatExamplesIT.graft(migrated, directory);
        try (RunningServer server = kind.start(
                List.of(Deployment.of("/examples", grafted), Deployment.of(TomcatExamplesIT.BEFORE, migrated)))) {
            Views views = Views.of(server.uri("/examples"), TomcatExamplesIT.PROTECTED, TomcatExamplesIT.MARK);

            assertThat(views).as(server.log()).isEqualTo(Views.RIGHT);
            RealWarsTable.has(
                    "Tomcat 9's examples, migrated", kind, "module", Footprint.between(migrated, grafted), views);
            TomcatExamplesIT.othersAnswerAsBefore(server);
        }
    }
}
