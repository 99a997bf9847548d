package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.Rejection;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/**
 * T-62: a refused password takes as long for a name that is known as for one that is not. Time is told by a benchmark; here
 * what takes it is counted: hashes, statements of ours, questions to the accounts.
 */
final class EnumerationTest {
    /** Of the password "correct horse"; Python's hashlib, written as Jakarta Security does. */
    private static final String HASH =
            "PBKDF2WithHmacSHA256:20000:MDEyMzQ1Njc4OWFiY2RlZg==:B3wSUJ5W6ui2SZcJK4iHhw7b0KOV4rJ+bqiu44A3R+8=";

    private static final List<String> NAMES = List.of("nobody", "plain", "alice", "locked", "cheap");
    private static final int FREE = 5;

    private final HashRuns hashes = HashRuns.counted();
    private final EngineUnderTest engine = EngineUnderTest.throttled(TestDatabase.H2);

    @BeforeEach
    void addAccounts() {
        engine.bindFirst(ALICE, SoftwareAuthenticator.synced());
        engine.changeHash(ALICE, HASH);
        engine.lock(engine.addAccount("locked", HASH), true);
        engine.addAccount("plain", HASH);
        engine.addAccount("cheap", "MD5:21232f297a57a5a743894a0e4a801fc3");
        assertThat(engine.logOn("plain", "correct horse")).isInstanceOf(LogonResult.Accepted.class);
    }

    @AfterEach
    void close() {
        engine.close();
        hashes.close();
    }

    @Test
    void t62_everyRefusedPasswordCostsTheSame() {
        Cost unknown = costOfWrongPassword("nobody");

        assertThat(unknown.result()).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(unknown.hashes()).isEqualTo(1);
        assertThat(NAMES)
                .filteredOn(name -> !name.equals("nobody"))
                .allSatisfy(name -> assertThat(costOfWrongPassword(name)).isEqualTo(unknown));
    }

    @Test
    void t62_everyPasswordThatHasToWaitCostsTheSame() {
        NAMES.forEach(name -> {
            for (int i = 0; i < FREE; i++) {
                costOfWrongPassword(name);
            }
        });
        Cost unknown = costOfWrongPassword("nobody");

        assertThat(unknown.result()).isInstanceOf(Throttled.class);
        assertThat(unknown.hashes()).isZero();
        assertThat(unknown.ofAccounts()).isEmpty();
        assertThat(NAMES)
                .allSatisfy(name -> assertThat(costOfWrongPassword(name)).isEqualTo(unknown));
    }

    private Cost costOfWrongPassword(String name) {
        int before = hashes.count();
        engine.counter().reset();
        engine.accountsCounter().reset();
        LogonResult result = engine.logOn(name, "wrong");
        return new Cost(
                result,
                hashes.count() - before,
                engine.counter().statements().stream().sorted().toList(),
                engine.accountsCounter().statements());
    }

    /** Statements sorted: in which order two counters are counted depends on their digests. */
    private record Cost(LogonResult result, int hashes, List<String> ofOurs, List<String> ofAccounts) {}
}
