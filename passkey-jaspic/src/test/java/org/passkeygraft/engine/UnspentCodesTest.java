package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** A code on paper is one of ten: it is not used up by a logon that could not have been. */
final class UnspentCodesTest {
    private final HalfLogonSteps steps = new HalfLogonSteps(TestDatabase.H2);
    private final EngineUnderTest engine = steps.engine;
    private final Account carol = steps.carol;
    private List<String> codes = List.of();

    @BeforeEach
    void bind() {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND));
        engine.bindFirst(carol, SoftwareAuthenticator.synced());
        codes = engine.runtime()
                .backup()
                .newRecoveryCodes(engine.caller(carol, LogonMethod.PASSKEY))
                .passed()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        steps.close();
    }

    @Test
    void t37_anAccountThatIsLockedUsesUpNone() {
        String pass = steps.pass();
        engine.lock(carol, true);

        assertThat(byCode(pass)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
        assertThat(remaining()).isEqualTo(10);
        engine.lock(carol, false);
        assertThat(byCode(pass)).isInstanceOf(Accepted.class);
        assertThat(remaining()).isEqualTo(9);
    }

    @Test
    void t44_whereThePasskeyItselfIsDemandedMeanwhileNoneIsUsedUp() {
        String pass = steps.pass();
        engine.changePolicy(PasskeyPolicy.STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY));

        assertThat(byCode(pass)).isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
        assertThat(remaining()).isEqualTo(10);
    }

    @Test
    void aHalfFromBeforeTheSessionsWereEndedUsesUpNone() {
        String pass = steps.pass();
        engine.elsewhere(store -> store.users()
                .raiseEpoch(store.users().byKey(carol.key()).orElseThrow().handle()));

        assertThat(byCode(pass)).isEqualTo(new Rejected(Rejection.SESSIONS_ENDED));
        assertThat(remaining()).isEqualTo(10);
    }

    @Test
    void accountsThatCannotBeAskedUseUpNone() {
        String pass = steps.pass();
        engine.breakAccounts(true);

        assertThatThrownBy(() -> byCode(pass)).isInstanceOf(UnavailableException.class);
        engine.breakAccounts(false);
        assertThat(remaining()).isEqualTo(10);
        assertThat(byCode(pass)).isInstanceOf(Accepted.class);
    }

    private LogonResult byCode(String pass) {
        return steps.secondFactor().byCode(pass, codes.get(0), EngineUnderTest.CLIENT);
    }

    private int remaining() {
        return engine.runtime().backup().of(carol, "session").recoveryCodes();
    }
}
