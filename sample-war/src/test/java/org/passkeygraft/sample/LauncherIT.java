package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code java -jar sample-war.war}. */
final class LauncherIT {
    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path directory;

    @Test
    void itPrintsWhereItRunsAndWhoCanLogOnAndStopsWhenAsked() throws Exception {
        try (RunningWar running = start("--port", "0", "--data", directory.toString(), "--users", "1000")) {
            URI address = running.address();

            assertThat(address.getHost()).isEqualTo("localhost");
            assertThat(address.getPort()).isPositive();
            assertThat(address.getPath()).isEqualTo("/sample/");
            assertThat(String.join("\n", running.output()))
                    .contains("alice/alice (user, admin)", "bob/bob (user)", "carol/carol (user, locked)")
                    .contains("user1/password to user1000/password (user)");
            assertThat(new Visitor(address).get("public/page").body()).contains("This page is public.");

            assertThat(running.stop()).isEqualTo(SIGTERM);
            try (var left = Files.list(running.temporary())) {
                assertThat(left).as("temporary files").isEmpty();
            }
        }
    }

    @Test
    void itDoesNotServeItsOwnParts() throws Exception {
        try (RunningWar running = start("--port", "0", "--data", directory.toString())) {
            Visitor visitor = new Visitor(running.address());

            assertThat(visitor.get("org/passkeygraft/sample/launcher/Bootstrap.class")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(visitor.get("WEB-INF/web.xml").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void itHelps() throws Exception {
        try (RunningWar running = start("--help")) {
            assertThat(running.status()).isZero();
            assertThat(errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"--prot,80", "--port,http", "--users,-5", "--db,mysql"})
    void aWrongCommandLineEndsItWithOneLineAndStatus2(String option, String value) throws Exception {
        try (RunningWar running = start(option, value)) {
            assertThat(running.status()).isEqualTo(2);
            assertThat(errors()).singleElement().asString().contains(option);
        }
    }

    @Test
    void aPortThatIsTakenEndsItWithOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
                RunningWar running =
                        start("--port", String.valueOf(taken.getLocalPort()), "--data", directory.toString())) {
            assertThat(running.status()).isEqualTo(1);
            assertThat(errors()).singleElement().asString().contains(String.valueOf(taken.getLocalPort()), "--port");
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedEndsItWithOneLine() throws Exception {
        try (RunningWar running = start("--port", "0", "--db", "jdbc:postgresql://localhost:1/none?password=s3cret")) {
            assertThat(running.status()).isEqualTo(1);
            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("jdbc:postgresql://localhost:1/none")
                    .doesNotContain("s3cret");
        }
    }

    private RunningWar start(String... options) throws Exception {
        return RunningWar.start(Archives.war(), directory, options);
    }

    private List<String> errors() throws Exception {
        return Files.readAllLines(directory.resolve("errors.txt"));
    }
}
