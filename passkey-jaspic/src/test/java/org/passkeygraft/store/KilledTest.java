package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** T-97: a server that is killed leaves everything or nothing of each change, and its next start needs no repair. */
final class KilledTest {
    private static final int BINDS_BEFORE_DEATH = 300;

    @TempDir
    Path folder;

    @Test
    void t97_anEmbeddedDatabaseOpensAfterAKillAndHoldsAllThatWasBoundAndNothingHalf() throws Exception {
        int kills = Fixture.isFull() ? 10 : 2;
        for (int kill = 0; kill < kills; kill++) {
            killInTheMiddle();

            try (PasskeyStore store = Fixture.open(new Database.Embedded(folder.resolve("store")))) {
                Rows rows = Rows.of(store);
                assertThat(rows.count("passkey_credential"))
                        .as("passkeys bound before the kill")
                        .isGreaterThanOrEqualTo((kill + 1L) * BINDS_BEFORE_DEATH);
                assertThat(rows.count("passkey_credential c where not exists"
                                + " (select 1 from passkey_spent_ceremony s where s.id = c.id)"))
                        .isZero();
                assertThat(rows.count("passkey_spent_ceremony s where not exists"
                                + " (select 1 from passkey_credential c where c.id = s.id)"))
                        .isZero();
            }
        }
    }

    private void killInTheMiddle() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        folder.resolve("store").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals("bound " + BINDS_BEFORE_DEATH)) {
                    break;
                }
            }
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    /** Binds passkeys until it is killed; each names its ceremony by its own key. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) {
            try (PasskeyStore store = Fixture.open(new Database.Embedded(Path.of(arguments[0])))) {
                PasskeyUser alice = store.users().establish(Fixture.account("alice"));
                for (int count = 1; count < Integer.MAX_VALUE; count++) {
                    CredentialRecord passkey = Fixture.passkey(alice.handle(), "Key " + count);
                    SpentCeremony spent = new SpentCeremony(passkey.id().key(), Fixture.NOW);
                    store.credentials().bind(spent, passkey, alice, Integer.MAX_VALUE);
                    System.out.println("bound " + count);
                }
            }
        }
    }
}
