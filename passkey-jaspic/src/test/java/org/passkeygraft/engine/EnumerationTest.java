package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
 * T-62: a refused password takes as long for a name that is known as for one that is not. What takes time is counted:
 * hashes, statements of ours, questions to the accounts; where hashes differ, time itself is compared.
 */
final class EnumerationTest {
    /** Of the password "correct horse"; Python's hashlib, written as Jakarta Security does. */
    private static final String HASH =
            "PBKDF2WithHmacSHA256:20000:MDEyMzQ1Njc4OWFiY2RlZg==:B3wSUJ5W6ui2SZcJK4iHhw7b0KOV4rJ+bqiu44A3R+8=";

    private static final List<String> NAMES = List.of("nobody", "plain", "alice", "locked", "none");
    private static final int FREE = 5;
    private static final int ROUNDS = 7;
    /** Of no password that anybody tries. */
    private static final String BCRYPT = "$2a$%s$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";

    /** None is dearer than bcrypt 9. */
    private static final Map<String, String> HASHES = Map.of(
            "bcrypt9", BCRYPT.formatted("09"),
            "bcrypt8", BCRYPT.formatted("08"),
            "bcrypt4", BCRYPT.formatted("04"),
            "argon2", "$argon2i$v=19$m=4096,t=1,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG",
            "pbkdf2", HASH.replace("20000", "10000"),
            "ssha", "{SSHA}B0ONEEVPn4fuJdkhLv3I4x09AtNzYWx0c2FsdA==",
            "md5", "MD5:21232f297a57a5a743894a0e4a801fc3",
            "unread", "$6$salt$hash",
            "none", "");

    private final HashRuns hashes = HashRuns.counted();
    private final EngineUnderTest engine = EngineUnderTest.throttled(TestDatabase.H2);

    @BeforeEach
    void addAccounts() {
        engine.bindFirst(ALICE, SoftwareAuthenticator.synced());
        engine.changeHash(ALICE, HASH);
        engine.lock(engine.addAccount("locked", HASH), true);
        engine.addAccount("plain", HASH);
        engine.addAccount("none", "");
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

    /** A name that is looked for in more than one form costs the same questions for everybody. */
    @Test
    void t62_aNameWithABlankCostsTheSameWhoeverItMeans() {
        Cost unknown = costOfWrongPassword("nobody\u00a0");

        assertThat(unknown.ofAccounts()).hasSize(3);
        assertThat(NAMES)
                .filteredOn(name -> !name.equals("nobody"))
                .allSatisfy(
                        name -> assertThat(costOfWrongPassword(name + "\u00a0")).isEqualTo(unknown));
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
        assertThat(unknown.ofAccounts()).as("whose counter it is").hasSize(1);
        assertThat(NAMES)
                .allSatisfy(name -> assertThat(costOfWrongPassword(name)).isEqualTo(unknown));
    }

    /** One request is enough to tell twice the time, however busy the machine is. */
    @Test
    void t62_aCheaperHashTakesAsLongAsTheDearest() {
        try (EngineUnderTest patient = new EngineUnderTest(TestDatabase.H2)) {
            HASHES.forEach(patient::addAccount);
            patient.lock(patient.addAccount("locked", BCRYPT.formatted("08")), true);
            List<String> names = Stream.concat(HASHES.keySet().stream(), Stream.of("locked", "nobody"))
                    .toList();
            Medians medians = Medians.ofWork(ROUNDS, names, name -> patient.logOn(name, "wrong"));

            assertThat(names)
                    .allSatisfy(name ->
                            assertThat(medians.ratio(name, "nobody")).as(name).isBetween(0.8, 1.25));
        }
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
