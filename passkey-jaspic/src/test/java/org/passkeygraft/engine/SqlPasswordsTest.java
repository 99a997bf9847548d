package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.store.TestDatabase;

/** Hashes that other programs made, in one user table, through the whole engine. */
final class SqlPasswordsTest {
    /** By account: password and hash. */
    private static final Map<String, Map.Entry<String, String>> STORED = Map.of(
            "bcrypt", // jBCrypt's own tests
            Map.entry("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"),
            "argon2", // the description of the reference implementation
            Map.entry("password", "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG"),
            "pbkdf2", // Python's hashlib, written as Jakarta Security does
            Map.entry(
                    "correct horse",
                    "PBKDF2WithHmacSHA256:20000:MDEyMzQ1Njc4OWFiY2RlZg==:B3wSUJ5W6ui2SZcJK4iHhw7b0KOV4rJ+bqiu44A3R+8="),
            "ssha", // Python's hashlib, written as OpenLDAP does
            Map.entry("tschüß", "{SSHA}B0ONEEVPn4fuJdkhLv3I4x09AtNzYWx0c2FsdA=="),
            "md5", // Jetty's Credential
            Map.entry("admin", "MD5:21232f297a57a5a743894a0e4a801fc3"));

    @Test
    void eachFormatLogsItsOwnPasswordOnAndNoOther() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            STORED.forEach((name, stored) -> engine.addAccount(name, stored.getValue()));

            STORED.forEach((name, stored) -> {
                assertThat(engine.logOn(name, stored.getKey()))
                        .as(name)
                        .isInstanceOfSatisfying(
                                Accepted.class,
                                logon -> assertThat(logon.account().name()).isEqualTo(name));
                for (String wrong : new String[] {stored.getKey() + " ", stored.getValue(), "", "x"}) {
                    assertThat(engine.logOn(name, wrong)).as(name).isEqualTo(new Rejected(Rejection.PASSWORD));
                }
            });
        }
    }

    @Test
    void t37_aRightPasswordOfALockedAccountIsRefusedWhateverItsFormat() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            STORED.forEach((name, stored) -> {
                engine.lock(engine.addAccount(name, stored.getValue()), true);

                assertThat(engine.logOn(name, stored.getKey())).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
            });
        }
    }
}
