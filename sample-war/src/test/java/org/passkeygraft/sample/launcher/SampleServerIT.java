package org.passkeygraft.sample.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server inside a test's own virtual machine. */
final class SampleServerIT {
    private static final Path WAR = Path.of(System.getProperty("sample.war"));

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void oneRunsAfterTheOtherOverTheSameDatabase() throws Exception {
        Options options = Options.defaults().withPort(0).withData(directory);
        try (SampleServer first = SampleServer.start(WAR, options.withUsers(10))) {
            assertThat(get(first, "public/page").statusCode()).isEqualTo(200);
            assertThat(get(first, "api/me").statusCode()).isEqualTo(401);
            assertThat(get(first, "secret/page").body()).doesNotContain("SECRET");
            assertThat(number(first, "select count(*) from app_user")).isEqualTo(13);
        }
        try (SampleServer second = SampleServer.start(WAR, options.withUsers(1_000))) {
            assertThat(get(second, "public/page").statusCode()).isEqualTo(200);
            assertThat(number(second, "select count(*) from app_user")).isEqualTo(1_003);
            assertThat(number(second, "select count(*) from app_user_role")).isEqualTo(1_004);
        }
    }

    @Test
    void postgresqlWillDoForTheDatabase() throws Exception {
        try (EmbeddedPostgres postgresql = EmbeddedPostgres.start()) {
            Options options = Options.defaults()
                    .withPort(0)
                    .withDatabase(postgresql.getJdbcUrl("postgres", "postgres"))
                    .withUsers(1_000);
            SampleServer.start(WAR, options).close();
            try (SampleServer again = SampleServer.start(WAR, options)) {
                assertThat(get(again, "public/page").statusCode()).isEqualTo(200);
                assertThat(number(again, "select count(*) from app_user")).isEqualTo(1_003);
                assertThat(number(again, "select count(*) from app_user_role")).isEqualTo(1_004);
            }
        }
    }

    @Test
    void aDirectoryWithTheUnpackedApplicationWillDoForTheWar() throws Exception {
        Path unpacked = directory.resolve("unpacked");
        WarFiles.unpack(WAR, unpacked);

        try (SampleServer server =
                SampleServer.start(unpacked, Options.defaults().withPort(0).withDatabase("jdbc:h2:mem:unpacked"))) {
            assertThat(get(server, "public/page").statusCode()).isEqualTo(200);
        }
        assertThat(unpacked).as("somebody else's directory").exists();
    }

    @Test
    void theDatabaseCanBeOpenedBesideTheServer() throws Exception {
        try (SampleServer server =
                        SampleServer.start(WAR, Options.defaults().withPort(0).withData(directory));
                var connection = DriverManager.getConnection(server.databaseUrl(), "sa", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select locked from app_user where name = 'carol'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isTrue();
        }
    }

    @Test
    void aConnectionComesBackAsItWasLent() throws Exception {
        try (SampleServer server = SampleServer.start(
                WAR, Options.defaults().withPort(0).withDatabase("jdbc:h2:mem:lent;DB_CLOSE_DELAY=-1"))) {
            for (int i = 0; i < 30; i++) {
                try (var connection = server.dataSource().getConnection()) {
                    assertThat(connection.getAutoCommit()).isTrue();
                    connection.setAutoCommit(false);
                    connection.createStatement().execute("update app_user set locked = true");
                }
            }
            assertThat(number(server, "select count(*) from app_user where locked"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aStartThatFailsLeavesThePortFree() throws Exception {
        int port;
        try (SampleServer server =
                SampleServer.start(WAR, Options.defaults().withPort(0).withDatabase("jdbc:h2:mem:free"))) {
            port = server.port();
        }
        Options samePort = Options.defaults().withPort(port);

        assertThatThrownBy(() -> SampleServer.start(WAR, samePort.withDatabase("jdbc:postgresql://localhost:1/none")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("jdbc:postgresql://localhost:1/none");
        try (SampleServer server = SampleServer.start(WAR, samePort.withDatabase("jdbc:h2:mem:free"))) {
            assertThat(server.port()).isEqualTo(port);
        }
    }

    private HttpResponse<String> get(SampleServer server, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
    }

    private static int number(SampleServer server, String query) throws Exception {
        try (var connection = server.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
