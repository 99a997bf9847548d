package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.Account;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.Rejection;
import org.passkeygraft.store.TestDatabase;

/** Hashes that other programs made, in one user table, through the whole engine. */
final class SqlPasswordsTest {
    private static final String MD5 = "MD5:21232f297a57a5a743894a0e4a801fc3";
    private static final int ACCOUNT_FAILURES = 5;
    private static final int ADDRESS_FAILURES = 60;

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

    /** The log says what to look for, and nothing of what may be a password in plain text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$6$b8rounds$Vq3ZpYw8mKx/0aNf1cTQeU | $6$ and 31 characters",
                "$2a$17$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i | $2a$ and 56 characters",
                "{PKCS5S2}Fq8sWn2vXbLr0a== | {PKCS5S2} and 16 characters",
                "pbkdf2_sha256$260000$kWm3sPq9$Zt0uYx7v== | pbkdf2_sha256$ and 26 characters",
                "21232f297a57a5a743894a0e4a801fc3 | 32 hexadecimal digits",
                "Zt0uYx7vKq8sWn2vXbLr0a== | 24 characters of base64",
                "$ecret$word | 11 characters",
                "hunter two | 10 characters"
            })
    void anUnreadableHashIsToldByAccountAndShape(String stored, String shape) {
        try (AuditLines log = new AuditLines("org.passkeygraft.accounts");
                AuditLines audit = new AuditLines();
                EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            engine.addAccount("carol\u202e", stored);

            for (int i = 0; i < 2; i++) {
                assertThat(engine.logOn("carol\u202e", stored)).isEqualTo(new Rejected(Rejection.HASH_UNREADABLE));
            }
            assertThat(audit.last()).contains("LOGON_REFUSED", "HASH_UNREADABLE");
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains("account carol?", "stored hash, " + shape + ",")
                    .doesNotContain(stored, "rounds", "ecret", "hunter", "If6b", "Fq8s", "260000", "2123", "Zt0u");
        }
    }

    @Test
    void t63_anUnreadableHashCountsForTheAddressAndNotForTheAccount() {
        try (EngineUnderTest engine = EngineUnderTest.throttled(TestDatabase.H2)) {
            Account carol = engine.addAccount("carol", "$6$salt$hash");
            engine.addAccount("md5", MD5);
            assertThat(engine.logOn("md5", "admin")).isInstanceOf(Accepted.class);

            for (int i = 0; i < ACCOUNT_FAILURES + 1; i++) {
                assertThat(engine.logOn("carol", "admin")).isEqualTo(new Rejected(Rejection.HASH_UNREADABLE));
            }
            engine.changeHash(carol, MD5);
            assertThat(engine.logOn("carol", "admin")).isInstanceOf(Accepted.class);
            engine.changeHash(carol, "$6$salt$hash");
            for (int i = ACCOUNT_FAILURES + 1; i < ADDRESS_FAILURES; i++) {
                assertThat(engine.logOn("carol", "admin")).isEqualTo(new Rejected(Rejection.HASH_UNREADABLE));
            }
            assertThat(engine.logOn("carol", "admin")).isInstanceOf(Throttled.class);
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
