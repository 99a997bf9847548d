package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.Proofs;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.config.StepUp;
import org.passkeygraft.engine.StepUps.Due;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** P5: what a place of the application that asks for more wants. Alice has a passkey, Bob has none. */
final class StepUpsTest {
    private static final Duration AGE = Duration.ofMinutes(2);

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);

    @BeforeEach
    void bind() {
        engine.bindFirst(ALICE, SoftwareAuthenticator.securityKey());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whatAsksForNothingIsForEveryCaller() {
        assertThat(due(ALICE, LogonMethod.PASSWORD, StepUp.NONE)).isEqualTo(Due.NOTHING);
        assertThat(engine.runtime().stepUps().due(proven(ALICE, Proofs.NONE), Set.of(), StepUp.NONE))
                .isEqualTo(Due.NOTHING);
    }

    @Test
    void t45_aProofByPasskeyIsGoodAsLongAsThePlaceSaysAndNoLonger() {
        ProvenCaller alice = engine.caller(ALICE, LogonMethod.PASSKEY);
        Set<LogonMethod> methods = Set.of(LogonMethod.PASSKEY);
        StepUp fresh = new StepUp(AGE, SecondFactorRule.OFF);

        engine.clock().advance(AGE);
        assertThat(engine.runtime().stepUps().due(alice, methods, fresh)).isEqualTo(Due.NOTHING);
        engine.clock().advance(Duration.ofMillis(1));
        assertThat(engine.runtime().stepUps().due(alice, methods, fresh)).isEqualTo(Due.CONFIRMATION);
    }

    @Test
    void t119_aPasswordIsAProofOnlyWhileThereIsNoPasskey() {
        StepUp fresh = new StepUp(AGE, SecondFactorRule.OFF);

        assertThat(due(BOB, LogonMethod.PASSWORD, fresh)).isEqualTo(Due.NOTHING);
        assertThat(due(ALICE, LogonMethod.PASSWORD, fresh)).isEqualTo(Due.CONFIRMATION);
        assertThat(engine.runtime().stepUps().due(proven(BOB, Proofs.NONE), Set.of(LogonMethod.PASSWORD), fresh))
                .isEqualTo(Due.CONFIRMATION);
    }

    @Test
    void t42_twoFactorsAreWantedOfWhoCameByPasswordAlone() {
        StepUp whenBound = new StepUp(null, SecondFactorRule.WHEN_BOUND);
        StepUp required = new StepUp(null, SecondFactorRule.REQUIRED);

        assertThat(due(ALICE, LogonMethod.PASSWORD, whenBound)).isEqualTo(Due.CONFIRMATION);
        assertThat(due(ALICE, LogonMethod.PASSWORD, required)).isEqualTo(Due.CONFIRMATION);
        assertThat(due(BOB, LogonMethod.PASSWORD, whenBound)).isEqualTo(Due.NOTHING);
        assertThat(due(BOB, LogonMethod.PASSWORD, required)).isEqualTo(Due.BINDING);
        assertThat(due(ALICE, LogonMethod.PASSKEY, required)).isEqualTo(Due.NOTHING);
        assertThat(engine.runtime()
                        .stepUps()
                        .due(
                                proven(ALICE, Proofs.NONE),
                                Set.of(LogonMethod.PASSWORD, LogonMethod.SECURITY_KEY),
                                required))
                .isEqualTo(Due.NOTHING);
        assertThat(engine.runtime().stepUps().due(proven(ALICE, Proofs.NONE), Set.of(), required))
                .as("the container logged her on, nobody knows how")
                .isEqualTo(Due.CONFIRMATION);
    }

    @Test
    void nothingHelpsWhoNeedsAPasskeyWhileTheyAreSwitchedOff() {
        engine.allowPasskeys(false);
        StepUp required = new StepUp(null, SecondFactorRule.REQUIRED);

        assertThat(due(BOB, LogonMethod.PASSWORD, required)).isEqualTo(Due.UNREACHABLE);
        assertThat(due(BOB, LogonMethod.PASSWORD, new StepUp(AGE, SecondFactorRule.REQUIRED)))
                .isEqualTo(Due.UNREACHABLE);
        assertThat(due(BOB, LogonMethod.PASSWORD, new StepUp(AGE, SecondFactorRule.WHEN_BOUND)))
                .as("the password is all there is")
                .isEqualTo(Due.NOTHING);
        assertThat(due(ALICE, LogonMethod.PASSWORD, required))
                .as("a passkey that is there still proves whose it is")
                .isEqualTo(Due.CONFIRMATION);
    }

    @Test
    void whoeverProvedEnoughCostsNoStatement() {
        ProvenCaller alice = engine.caller(ALICE, LogonMethod.PASSKEY);
        engine.counter().reset();

        assertThat(engine.runtime()
                        .stepUps()
                        .due(alice, Set.of(LogonMethod.PASSKEY), new StepUp(AGE, SecondFactorRule.REQUIRED)))
                .isEqualTo(Due.NOTHING);
        assertThat(engine.counter().statements()).isEmpty();
    }

    private Due due(Account account, LogonMethod method, StepUp asked) {
        return engine.runtime().stepUps().due(engine.caller(account, method), Set.of(method), asked);
    }

    private static ProvenCaller proven(Account account, Proofs proofs) {
        return new ProvenCaller(account, 0, proofs, new Client("192.0.2.7", "test"));
    }
}
