package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Client;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;

/** Many right passwords in the same moment from one address, where five failures of an account make it wait (T-132). */
@ParameterizedClass
@EnumSource
final class CrowdTest {
    private static final String MD5_ADMIN = "MD5:21232f297a57a5a743894a0e4a801fc3";
    private static final Client OFFICE = new Client("192.0.2.1", "test");

    private final TestDatabase database;

    @TempDir
    Path directory;

    CrowdTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void t132_admitsOneUserSixtyFourTimesAtOnce() {
        try (EngineUnderTest engine = EngineUnderTest.throttled(database)) {
            engine.addAccount("carol", MD5_ADMIN);

            assertThat(AtOnce.run(64, index -> logOn(engine, "carol", "admin"))).hasOnlyElementsOfType(Accepted.class);
            assertThat(AtOnce.run(64, index -> request(engine, "carol", "admin")))
                    .hasOnlyElementsOfType(Accepted.class);
        }
    }

    /** More users than the address may fail. */
    @Test
    void t132_admitsSixtyFourUsersAtOnce() {
        try (EngineUnderTest engine = EngineUnderTest.throttled(database)) {
            for (int i = 0; i < 64; i++) {
                engine.addAccount("user" + i, MD5_ADMIN);
            }
            assertThat(AtOnce.run(64, index -> logOn(engine, "user" + index, "admin")))
                    .hasOnlyElementsOfType(Accepted.class);
            assertThat(AtOnce.run(64, index -> request(engine, "user" + index, "admin")))
                    .hasOnlyElementsOfType(Accepted.class);
        }
    }

    @Test
    void t132_admitsOneUserOfALoginEntrySixtyFourTimesAtOnce() throws IOException {
        Path file = Files.writeString(
                directory.resolve("login.config"), "crowd { " + TestLoginModule.class.getName() + " required; };");
        Accounts jaas = new Accounts.Jaas(
                "crowd", file, Set.of(), Set.of(TestLoginModule.Role.class.getName()), Duration.ofHours(12));
        try (EngineUnderTest engine = EngineUnderTest.throttled(database, jaas)) {
            assertThat(AtOnce.run(64, index -> logOn(engine, "alice", "alice-secret")))
                    .hasOnlyElementsOfType(Accepted.class);
        }
    }

    @Test
    void t63_admitsFiveOfSixtyFourWrongPasswordsAtOnce() {
        try (EngineUnderTest engine = EngineUnderTest.throttled(database)) {
            engine.addAccount("carol", MD5_ADMIN);

            List<LogonResult> results = AtOnce.run(64, index -> logOn(engine, "carol", "wrong"));

            assertThat(results).hasOnlyElementsOfTypes(LogonResult.Rejected.class, LogonResult.Throttled.class);
            assertThat(results)
                    .filteredOn(result -> result instanceof LogonResult.Rejected)
                    .hasSize(5);
        }
    }

    private static LogonResult logOn(EngineUnderTest engine, String name, String password) {
        return engine.runtime()
                .authentication()
                .authenticate(new LogonRequest.Password(name, password.toCharArray(), OFFICE));
    }

    private static LogonResult request(EngineUnderTest engine, String name, String password) {
        return engine.runtime()
                .authentication()
                .authenticateRequest(new LogonRequest.Password(name, password.toCharArray(), OFFICE));
    }
}
