package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.LogonResult;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.LogonSuffixes;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Names with a logon suffix (S5): all forms mean the same user, and none takes a name away. */
final class LogonNamesTest {
    private static final String PASSWORD = "admin";
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";
    private static final String OTHER_HASH = "MD5:5f4dcc3b5aa765d61d8327deb882cf99";

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final Account zoe = engine.addAccount("zoe", HASH);

    @BeforeEach
    void setSuffixes() {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSuffixes(new LogonSuffixes("corp", Set.of("branch.example"))));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zoe", "zoe@corp", "zoe@CORP", "zoe@branch.example"})
    void everyFormLogsTheSameUserOnByPasswordAndByPasskey(String typed) {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        engine.bindFirst(zoe, device);

        assertThat(account(engine.logOn(typed, PASSWORD))).isEqualTo(zoe);
        assertThat(engine.logOn(typed, "wrong")).isEqualTo(new LogonResult.Rejected(Rejection.PASSWORD));
        assertThat(account(engine.logOn(engine.beginLogon(typed), device))).isEqualTo(zoe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zoe@other", "zoe@", "zoe@corp@corp", "@corp", "bob@corp"})
    void noOtherFormDoes(String typed) {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        engine.bindFirst(zoe, device);

        assertThat(engine.logOn(typed, PASSWORD)).isEqualTo(new LogonResult.Rejected(Rejection.PASSWORD));
        assertThat(engine.logOn(engine.beginLogon(typed), device))
                .isEqualTo(new LogonResult.Rejected(Rejection.WRONG_ACCOUNT));
    }

    @Test
    void aNameOfItsOwnIsNobodyElses() {
        Account own = engine.addAccount("zoe@corp", OTHER_HASH);

        assertThat(account(engine.logOn("zoe@corp", "password"))).isEqualTo(own);
        assertThat(engine.logOn("zoe@corp", PASSWORD)).isEqualTo(new LogonResult.Rejected(Rejection.PASSWORD));
        assertThat(account(engine.logOn("zoe", PASSWORD))).isEqualTo(zoe);
    }

    /** As phones, pages and files leave a name that looks right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zoe ",
                " zoe",
                "\tzoe\r\n",
                "zoe\u00a0",
                "\u00a0zoe",
                "zoe\u200b",
                "\ufeffzoe",
                "zo\u00ade",
                "z\u2060oe",
                "\u200ezoe\u200f",
                "zoe\u3000",
                "\u3164zoe",
                " \u200b zoe",
                "zoe@corp ",
                "zoe\u200b@corp",
                "zoe@corp\u00a0"
            })
    void aNameThatLooksRightLogsOnByPasswordAndByPasskey(String typed) {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        engine.bindFirst(zoe, device);

        assertThat(account(engine.logOn(typed, PASSWORD))).isEqualTo(zoe);
        assertThat(engine.logOn(typed, "wrong")).isEqualTo(new LogonResult.Rejected(Rejection.PASSWORD));
        assertThat(account(engine.logOn(engine.beginLogon(typed), device))).isEqualTo(zoe);
    }

    /** macOS types an umlaut as two characters; a blank inside a name may be one that does not break. */
    @ParameterizedTest
    @CsvSource({"jürgen@mü, ju\u0308rgen@mu\u0308", "Åsa, A\u030asa", "anna b, anna\u00a0b"})
    void aNameInDecomposedFormIsTheComposedOne(String name, String typed) {
        Account account = engine.addAccount(name, HASH);

        assertThat(account(engine.logOn(typed, PASSWORD))).isEqualTo(account);
    }

    @Test
    void aBlankThatIsPartOfANameStaysOne() {
        Account blank = engine.addAccount(" zoe", OTHER_HASH);
        Account decomposed = engine.addAccount("u\u0308", OTHER_HASH);
        engine.addAccount("\u00fc", HASH);

        assertThat(account(engine.logOn(" zoe", "password"))).isEqualTo(blank);
        assertThat(engine.logOn(" zoe", PASSWORD)).isEqualTo(new LogonResult.Rejected(Rejection.PASSWORD));
        assertThat(account(engine.logOn("u\u0308", "password"))).isEqualTo(decomposed);
        assertThat(account(engine.logOn("zoe", PASSWORD))).isEqualTo(zoe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b", " \ufeff\t", "\u3164"})
    void aNameThatNobodyCanSeeIsNone(String typed) {
        assertThat(engine.logOn(typed, PASSWORD)).isEqualTo(new LogonResult.Rejected(Rejection.NAME));
    }

    @Test
    void t111_everySpellingCountsOnOneCounter() {
        try (EngineUnderTest throttled = EngineUnderTest.throttled(TestDatabase.H2)) {
            throttled.addAccount("zoe", HASH);
            List.of("zoe", "zoe ", "\u00a0zoe", "zoe\u200b", "zoe\u3164")
                    .forEach(typed -> assertThat(throttled.logOn(typed, "wrong"))
                            .isEqualTo(new LogonResult.Rejected(Rejection.PASSWORD)));

            assertThat(throttled.logOn("zoe\u3000", PASSWORD)).isInstanceOf(LogonResult.Throttled.class);
            assertThat(throttled.logOn("zoe", PASSWORD)).isInstanceOf(LogonResult.Throttled.class);
        }
    }

    private static Account account(LogonResult result) {
        return ((LogonResult.Accepted) result).account();
    }
}
