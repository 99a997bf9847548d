package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.StartException;
import org.passkeygraft.sample.launcher.Variant;

/** T-88: what cannot be protected is not served. */
class FailClosedIT {
    @Test
    void t88_withoutAFactoryTheApplicationDoesNotStart() throws Exception {
        try (OwnServer server =
                OwnServer.prepare(RunningSample.war(), 4, Map.of()).withApiOnly()) {
            assertRefused(server::start, "AuthConfigFactory");
            assertNothingServed(server.uri());
        }
    }

    @Test
    void t88_withTheApiHiddenTheApplicationDoesNotStart() throws Exception {
        try (OwnServer server =
                OwnServer.prepare(RunningSample.war(), 4, Map.of()).withFactoryOnly()) {
            assertRefused(server::start, "addHiddenClassMatcher");
            assertNothingServed(server.uri());
        }
    }

    @Test
    void t88_besideAnotherModuleOfTheApplicationsItDoesNotStart() throws Exception {
        try (OwnServer server =
                OwnServer.prepare(RunningSample.war(), 4, Map.of()).graft().withAnotherModule()) {
            assertRefused(server::start, "another ServerAuthModule is registered");
            assertNothingServed(server.uri());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "passkey.ceremony.timeout | 5 minutes | 5m",
                "passkey.ceremony.timeout | 1s | 30s",
                "passkey.rp.id | https://localhost | bare domain",
                "passkey.attestation.trust-roots | /nowhere/roots.pem | name one that the server may read",
                "passkey.rp.origins | http://localhost:8080/ | without path or slash",
                "passkey.door | open | module",
                "passkey.policy.maximum | 0 | 1"
            })
    void t88_aBadConfigurationStopsTheStartAndNamesKeyValueAndRemedy(String key, String value, String remedy) {
        assertThatThrownBy(() -> RunningSample.start(RunningSample.options().withParameter(key, value))
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(key, value, remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "passkey.rp.idd | localhost | passkey.rp.idd | did you mean passkey.rp.id?",
                "passkey.store.jndi | java:comp/env/jdbc/nothing | java:comp/env/jdbc/nothing | declare it in the server"
            })
    void t88_whatDoesNotExistStopsTheStartAndIsNamed(String key, String value, String name, String remedy) {
        assertThatThrownBy(() -> RunningSample.start(RunningSample.options().withParameter(key, value))
                        .close())
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(name, remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "WEB-INF/store", "../NAME/store"})
    void t99_aStoreBelowTheContextRootStopsTheStart(String place) throws Exception {
        try (Variant application = Variant.of(RunningSample.war())) {
            Path root = application.directory();
            String below = root + "/" + place.replace("NAME", root.getFileName().toString());
            assertRefusedStore(root, "passkey.store.dir", below, below);
            assertRefusedStore(root, "passkey.store.url", "jdbc:h2:file:" + below + ";MODE=Regular", below);
        }
    }

    /** A server would deploy such a directory as one more application. */
    @Test
    void t99_aStoreBesideTheApplicationInWebappsStopsTheStart() throws Exception {
        Path webapps = Files.createDirectory(Files.createTempDirectory("server").resolve("webapps"));
        Path root = webapps.resolve("app");
        Files.move(Variant.of(RunningSample.war()).directory(), root);

        assertRefusedStore(root, "passkey.store.dir", webapps + "/store", webapps + "/store");
    }

    private static void assertRefusedStore(Path root, String key, String value, String named) throws Exception {
        Path file = root.resolve("WEB-INF/passkey.properties");
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^passkey.store.jndi.*$", ""));
        try (OwnServer server = OwnServer.prepare(root, 4, Map.of()).graft().with(key, value)) {
            assertThatThrownBy(server::start)
                    .hasStackTraceContaining(key + " leads to")
                    .hasStackTraceContaining("name a directory elsewhere");
        }
        assertThat(Path.of(named)).doesNotExist();
    }

    @Test
    void t88_allProblemsAreSaidAtOnce() {
        assertThatThrownBy(() -> RunningSample.start(RunningSample.options()
                                .withParameter("passkey.ceremony.timeout", "soon")
                                .withParameter("passkey.policy.maximum", "many"))
                        .close())
                .hasMessageContainingAll("passkey.ceremony.timeout", "soon", "passkey.policy.maximum", "many");
    }

    private static void assertRefused(ThrowingCallable start, String remedy) {
        assertThatThrownBy(start).satisfies(failure -> {
            Throwable cause = failure;
            StringBuilder messages = new StringBuilder();
            while (cause != null) {
                messages.append(cause.getMessage()).append('\n');
                cause = cause.getCause();
            }
            assertThat(messages).contains("Passkey Graft cannot protect /sample", remedy);
        });
    }

    private static void assertNothingServed(URI uri) {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream()
                    .write("GET /sample/secret/page HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain("200 OK", "for our staff only");
        } catch (IOException nobodyAnswers) {
            // Refused or silent: nothing is served.
            assertThat(nobodyAnswers).isNotNull();
        }
    }
}
