package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Accounts in a file of Jetty's realm format, from the file to the logon. */
final class FileLogonTest {
    private static final Account ALICE = Account.named("alice");
    /** Of the password "abc", from jBCrypt's own tests. */
    private static final String BCRYPT = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";
    /** Of the password "password", from the description of the reference implementation. */
    private static final String ARGON2 = "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG";

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // by the tests that open one
    private EngineUnderTest engine;

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice ", "\u00a0alice", "ali\u200bce", "alice\ufeff"})
    void aNameThatLooksRightIsTheAccount(String typed) throws IOException {
        open("alice: MD5:21232f297a57a5a743894a0e4a801fc3, user\n", "auto");

        assertThat(engine.logOn(typed, "admin"))
                .isInstanceOfSatisfying(
                        Accepted.class, logon -> assertThat(logon.account()).isEqualTo(ALICE));
        assertThat(engine.logOn(typed, "wrong")).isEqualTo(new Rejected(Rejection.PASSWORD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "alice: abc " + BCRYPT,
                "alice= abc {bcrypt}" + BCRYPT,
                "alice password " + ARGON2,
                "alice: password {argon2}" + ARGON2,
                "alice: admin MD5:21232f297a57a5a743894a0e4a801fc3",
                "alice: admin {SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=",
            })
    void aPasswordIsRightInEachFormatAndTheRolesFollow(String name, String password, String stored) throws IOException {
        open("# users\n\n" + name + " " + stored + ", user,\\\n   admin ,\n", "auto");

        assertThat(engine.logOn("alice", password)).isInstanceOfSatisfying(Accepted.class, logon -> {
            assertThat(logon.account()).isEqualTo(ALICE);
            assertThat(logon.groups()).isEqualTo(Set.of("user", "admin"));
        });
        assertThat(engine.logOn("alice", password + "x")).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(engine.logOn("alice", "")).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(engine.logOn("alice", stored)).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(engine.logOn("ALICE", password)).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(engine.logOn("nobody", password)).isEqualTo(new Rejected(Rejection.PASSWORD));
    }

    @Test
    void plainTextIsAPasswordOnlyWhereThatIsConfigured() throws IOException {
        open("alice: secret,user\nbob: " + BCRYPT + "\n", "plain");

        assertThat(engine.logOn("alice", "secret")).isInstanceOf(Accepted.class);
        assertThat(engine.logOn("alice", "secret2")).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(engine.logOn("bob", "abc")).isInstanceOf(Accepted.class);
        assertThat(engine.logOn("bob", BCRYPT)).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThatThrownBy(() -> open("alice: secret,user\n", "auto")).hasMessageContaining("line 1");
    }

    @Test
    void everyLineThatCannotBeUsedIsNamedWithItsRemedyAndNoPassword() {
        assertThatThrownBy(() -> open("""
                        # users
                        alice: OBF:1hunter2
                        bob: CRYPT:1hunter2,user

                        carol: hunter2,\\
                          user
                        dave:
                        erin: !,user
                        erin: !*
                        \u0000: !
                        """, "auto"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("line 2: OBF: ")
                .hasMessageContaining("line 3: CRYPT: ")
                .hasMessageContaining("line 5: ")
                .hasMessageContaining("line 7: there is no password")
                .hasMessageContaining("line 9: the name is in line 8 already")
                .hasMessageContaining("line 10: ")
                .satisfies(refusal -> assertThat(((ConfigurationException) refusal).problems())
                        .hasSize(6));
    }

    @Test
    void aFileThatIsNotThereStopsTheStart() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new EngineUnderTest(TestDatabase.H2, new Accounts.File(missing, "auto", 1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void t37_aLockInTheFileIsHonouredByPasskeyAndPasswordFromTheNextSecondOn() throws IOException {
        open("alice: " + BCRYPT + ",user\n", "auto");
        SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
        engine.bindFirst(ALICE, device);
        var begun = engine.beginLogon("alice");

        write("alice: !" + BCRYPT + ",user\n");
        engine.clock().advance(Duration.ofSeconds(1));

        assertThat(engine.logOn(begun, device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
        assertThat(engine.logOn("alice", "abc")).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
        assertThat(engine.runtime().authentication().standing(ALICE, 0)).isInstanceOf(Standing.Ended.class);

        write("alice: " + BCRYPT + ",admin\n");
        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(groups(engine.logOn(device))).containsExactly("admin");

        write("bob: " + BCRYPT + "\n");
        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(engine.logOn(device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice: $2a$06$If6bvum7DF", "alice: secret", "alice:", "alice: \u00ff\u00ff"})
    void aFileThatIsHalfWrittenLeavesTheLastGoodOneInForce(String half) throws IOException {
        open("alice: " + BCRYPT + ",user\nbob: " + BCRYPT + "\n", "auto");
        SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
        engine.bindFirst(ALICE, device);

        Files.write(file(), half.getBytes(StandardCharsets.ISO_8859_1));
        engine.clock().advance(Duration.ofSeconds(2));
        assertThat(groups(engine.logOn(device))).containsExactly("user");
        assertThat(engine.logOn("bob", "abc")).isInstanceOf(Accepted.class);

        Files.delete(file());
        engine.clock().advance(Duration.ofSeconds(2));
        assertThat(engine.logOn("bob", "abc")).isInstanceOf(Accepted.class);

        write("alice: !" + BCRYPT + ",user\n");
        engine.clock().advance(Duration.ofSeconds(2));
        assertThat(engine.logOn(device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
    }

    @Test
    void aFileThatCouldNotBeReadIsReadAsSoonAsItCanBe() throws IOException {
        open("alice: " + BCRYPT + ",user\n", "auto");
        String lock = "alice: !" + BCRYPT + ",user\n";
        write(lock);
        FileTime written = Files.getLastModifiedTime(file());
        // Of the same version in every respect that can be seen, but not to be read.
        byte[] octets = lock.getBytes(StandardCharsets.ISO_8859_1);
        octets[0] = (byte) 0xff;
        Files.write(file(), octets);
        Files.setLastModifiedTime(file(), written);
        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(engine.logOn("alice", "abc")).isInstanceOf(Accepted.class);

        Files.writeString(file(), lock);
        Files.setLastModifiedTime(file(), written);
        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(engine.logOn("alice", "abc")).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
    }

    @Test
    void theFileIsLookedAtOnceASecondAtMost() throws IOException {
        open("alice: " + BCRYPT + ",user\n", "auto");
        write("alice: " + BCRYPT + ",admin,user\n");

        assertThat(groups(engine.logOn("alice", "abc"))).containsExactly("user");
        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(groups(engine.logOn("alice", "abc"))).containsExactlyInAnyOrder("admin", "user");
    }

    private static Set<String> groups(LogonResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        return ((Accepted) result).groups();
    }

    private void open(String content, String format) throws IOException {
        write(content);
        engine = new EngineUnderTest(TestDatabase.H2, new Accounts.File(file(), format, 1));
    }

    private Path file() {
        return directory.resolve("realm.properties");
    }

    /** In one step, as the documentation has it. */
    private void write(String content) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), content);
        Files.move(next, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
