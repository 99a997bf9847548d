package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Accounts that tell nothing without a password: behind JAAS, and in the container's realm. */
final class RememberedLogonTest {
    private static final Rejected REFUSED = new Rejected(Rejection.PASSWORD);
    private static final Duration HOURS_12 = Duration.ofHours(12);
    private static final Account ALICE = Account.named("alice");

    @TempDir
    private Path directory;

    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();

    @BeforeEach
    void rolesOfOld() {
        TestLoginModule.roles = "user";
    }

    @ParameterizedTest
    @EnumSource
    void aPasskeyLogsOnWithWhatTheLastPasswordToldUntilThatIsTooOld(TestDatabase database) {
        Set<String> roles = new HashSet<>(Set.of("user", "admin"));
        ContainerRealm realm = (name, password) ->
                new String(password).equals("secret") ? Optional.of(new Caller(name, roles)) : Optional.empty();
        try (EngineUnderTest engine = new EngineUnderTest(database, new Accounts.Container(HOURS_12))) {
            assertThat(groups(engine.logOn("alice", "secret", realm))).isEqualTo(Set.of("user", "admin"));
            engine.bindFirst(ALICE, device);
            roles.remove("admin");
            engine.clock().advance(HOURS_12);
            assertThat(groups(engine.logOn(device))).isEqualTo(Set.of("user", "admin"));

            assertThat(engine.logOn("alice", "wrong", realm)).isEqualTo(REFUSED);
            engine.clock().advance(Duration.ofMillis(1));
            assertThat(engine.logOn(device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
            assertThat(engine.runtime().authentication().standing(ALICE, 0)).isInstanceOf(Standing.Ended.class);

            assertThat(groups(engine.logOn("alice", "secret", realm))).isEqualTo(Set.of("user"));
            assertThat(groups(engine.logOn(device))).isEqualTo(Set.of("user"));
        }
    }

    /** Such a realm cannot tell who exists: the name is tried as it was typed, then as it looks. */
    @Test
    void aNameThatLooksRightIsTriedAfterTheOneTyped() {
        List<String> asked = new ArrayList<>();
        ContainerRealm realm = (name, password) -> {
            asked.add(name);
            return name.equals("alice") || name.equals("u\u0308")
                    ? Optional.of(new Caller(name, Set.of("user")))
                    : Optional.empty();
        };
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2, new Accounts.Container(HOURS_12))) {
            assertThat(groups(engine.logOn("alice\u00a0", "secret", realm))).isEqualTo(Set.of("user"));
            assertThat(asked).containsExactly("alice\u00a0", "alice");
            assertThat(groups(engine.logOn("u\u0308", "secret", realm))).isEqualTo(Set.of("user"));
            assertThat(engine.logOn("nobody", "secret", realm)).isEqualTo(REFUSED);
            assertThat(asked).containsExactly("alice\u00a0", "alice", "u\u0308", "nobody");
        }
    }

    @Test
    void withoutARealmNobodyCanTellAndNobodyIsLetIn() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2, new Accounts.Container(HOURS_12))) {
            assertThatThrownBy(() -> engine.logOn("alice", "secret")).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void t94_aGroupThatWouldReadAsTwoLetsNobodyIn() {
        ContainerRealm realm = (name, password) -> Optional.of(new Caller(name, Set.of("user\nadmin")));
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2, new Accounts.Container(HOURS_12))) {
            assertThat(engine.logOn("alice", "secret", realm)).isEqualTo(REFUSED);
        }
    }

    @Test
    void aLoginEntryLogsOnUnderItsOwnNameWithItsRolesAndLogsOffAgain() throws IOException {
        try (EngineUnderTest engine = jaas(Set.of())) {
            TestLoginModule.roles = "user admin";
            int before = TestLoginModule.LOGGED_OFF.get();

            assertThat(engine.logOn("ALICE ", "alice-secret")).isInstanceOfSatisfying(Accepted.class, logon -> {
                assertThat(logon.account()).isEqualTo(ALICE);
                assertThat(logon.groups()).isEqualTo(Set.of("user", "admin"));
            });
            assertThat(TestLoginModule.LOGGED_OFF).hasValue(before + 1);

            engine.bindFirst(ALICE, device);
            TestLoginModule.roles = "user";
            assertThat(groups(engine.logOn(device))).isEqualTo(Set.of("user", "admin"));
            assertThat(groups(engine.logOn("alice", "alice-secret"))).isEqualTo(Set.of("user"));
            assertThat(groups(engine.logOn(device))).isEqualTo(Set.of("user"));
            engine.clock().advance(HOURS_12.plusMillis(1));
            assertThat(engine.logOn(device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "locked", "expired", "bare", "directory"})
    void whatTheModulesRefuseIsRefused(String name) throws IOException {
        try (EngineUnderTest engine = jaas(Set.of())) {
            assertThat(engine.logOn(name, "x")).isEqualTo(REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"outage", "defect", "text", "directory-down"})
    void aModuleThatCannotTellIsAnAccident(String name) throws IOException {
        try (EngineUnderTest engine = jaas(Set.of())) {
            assertThatThrownBy(() -> engine.logOn(name, "x")).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void aTicketNeverReachesAModule() throws IOException {
        try (EngineUnderTest engine = jaas(Set.of())) {
            int before = TestLoginModule.ASKED.get();
            assertThat(engine.logOn("alice", "pkt1.abc")).isEqualTo(REFUSED);
            assertThat(TestLoginModule.ASKED).hasValue(before);
        }
    }

    @Test
    void whoIsMeantMustBeClear() throws IOException {
        try (EngineUnderTest engine = jaas(Set.of())) {
            assertThat(engine.logOn("two", "two-secret"))
                    .as("the name that somebody typed tells nothing")
                    .isEqualTo(REFUSED);
            assertThat(engine.logOn("TWO", "two-secret")).isEqualTo(REFUSED);
        }
        try (EngineUnderTest engine = jaas(Set.of("org.example.Unknown"))) {
            assertThat(engine.logOn("alice", "alice-secret")).isEqualTo(REFUSED);
        }
        try (EngineUnderTest engine = jaas(Set.of(TestLoginModule.User.class.getName()))) {
            assertThat(engine.logOn("alice", "alice-secret")).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void anEntryThatVanishedIsAnAccidentAndNotTheEntryCalledOther() {
        Configuration before = installed();
        ChangingConfiguration changing = new ChangingConfiguration();
        Configuration.setConfiguration(changing);
        try (EngineUnderTest engine = open("intranet", null, Set.of())) {
            assertThat(engine.logOn("alice", "alice-secret")).isInstanceOf(Accepted.class);
            changing.entry = "other";
            int asked = TestLoginModule.ASKED.get();

            assertThatThrownBy(() -> engine.logOn("alice", "alice-secret")).isInstanceOf(UnavailableException.class);
            assertThat(TestLoginModule.ASKED).hasValue(asked);
        } finally {
            Configuration.setConfiguration(before);
        }
    }

    private static @Nullable Configuration installed() {
        try {
            return Configuration.getConfiguration();
        } catch (SecurityException none) {
            return null;
        }
    }

    /** A login configuration whose one entry changes its name. */
    private static final class ChangingConfiguration extends Configuration {
        private volatile String entry = "intranet";

        @Override
        public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
            return name.equals(entry)
                    ? new AppConfigurationEntry[] {
                        new AppConfigurationEntry(module(), LoginModuleControlFlag.REQUIRED, Map.of())
                    }
                    : null;
        }
    }

    @Test
    void theThreadsClassLoaderIsLeftAsItWas() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (EngineUnderTest engine = jaas(Set.of())) {
            engine.logOn("alice", "alice-secret");
            engine.logOn("alice", "wrong");
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void anEntryThatIsNotThereStopsTheStart() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "other { " + module() + " required; };");
        assertThatThrownBy(() -> open("intranet", other, Set.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("passkey.accounts.jaas.entry");
        Path missing = Files.writeString(directory.resolve("missing"), "intranet { org.example.Missing required; };");
        assertThatThrownBy(() -> open("intranet", missing, Set.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("org.example.Missing");
        Path broken = Files.writeString(directory.resolve("broken"), "intranet { ");
        assertThatThrownBy(() -> open("intranet", broken, Set.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("passkey.accounts.jaas.file");
        assertThatThrownBy(() -> open("intranet", directory.resolve("nothing"), Set.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("passkey.accounts.jaas.file");
    }

    private static Set<String> groups(LogonResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        return ((Accepted) result).groups();
    }

    private static String module() {
        return TestLoginModule.class.getName();
    }

    private EngineUnderTest jaas(Set<String> userClasses) throws IOException {
        Path file = Files.writeString(directory.resolve("login.config"), "intranet { " + module() + " required; };");
        return open("intranet", file, userClasses);
    }

    private static EngineUnderTest open(String entry, @Nullable Path file, Set<String> userClasses) {
        Set<String> roles = Set.of(TestLoginModule.Role.class.getName());
        return new EngineUnderTest(TestDatabase.H2, new Accounts.Jaas(entry, file, userClasses, roles, HOURS_12));
    }
}
