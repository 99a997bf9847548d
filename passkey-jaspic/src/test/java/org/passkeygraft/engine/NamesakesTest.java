package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.store.LooseColumns;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-121: two accounts of a file whose names differ in case only. */
@ParameterizedClass
@EnumSource
final class NamesakesTest {
    private static final Account ROOT = Account.named("root");
    private static final Account NAMESAKE = Account.named("ROOT");

    @TempDir
    private Path directory;

    private final TestDatabase kind;
    private final SoftwareAuthenticator rootDevice = SoftwareAuthenticator.securityKey();

    @SuppressWarnings("NullAway.Init") // before each test
    private EngineUnderTest engine;

    NamesakesTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "root: secret,administrator\nROOT: secret,user\n");
        engine = new EngineUnderTest(kind, new Accounts.File(users, "plain", 1));
        engine.bindFirst(ROOT, rootDevice);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void t121_passkeyOfRootInCapitalsLogsOnAsItself() {
        SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
        engine.bindFirst(NAMESAKE, device);

        assertIs(engine.logOn(device), NAMESAKE, "user");
        assertIs(engine.logOn(rootDevice), ROOT, "administrator");
        assertThat(engine.column("select account_name from passkey_user where account_key = 'root'"))
                .containsExactly("root");
    }

    @Test
    void t121_rootInCapitalsGetsNothingOfRootInLooseColumns() {
        engine.elsewhere(store -> LooseColumns.in(store, kind));

        assertThatThrownBy(() -> engine.logOn("ROOT", "secret")).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> engine.bindFirst(NAMESAKE, SoftwareAuthenticator.securityKey()))
                .isInstanceOf(UnavailableException.class);

        assertIs(engine.logOn(rootDevice), ROOT, "administrator");
        assertThat(engine.column("select account_name from passkey_user")).containsExactly("root");
    }

    private static void assertIs(LogonResult result, Account account, String group) {
        assertThat(result).isInstanceOfSatisfying(Accepted.class, logon -> {
            assertThat(logon.account()).isEqualTo(account);
            assertThat(logon.groups()).isEqualTo(Set.of(group));
        });
    }
}
