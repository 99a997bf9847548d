package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;
import static org.passkeygraft.engine.EngineUnderTest.CLIENT;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.Proofs;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.Sessions.Ended;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Which sessions "Log off everywhere" ends, and how often. */
@ParameterizedClass
@EnumSource
final class SessionsTest {
    private final EngineUnderTest engine;

    SessionsTest(TestDatabase database) {
        engine = new EngineUnderTest(database);
    }

    @BeforeEach
    void bind() {
        engine.bindFirst(ALICE, SoftwareAuthenticator.synced());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void t123_endsOwnSessionTooWithoutFreshProof() {
        ProvenCaller proven = caller(ALICE, 0, LogonMethod.PASSKEY);
        assertThat(engine.runtime().sessions().staysLoggedOn(proven)).isTrue();
        engine.clock().advance(EngineUnderTest.TIMEOUT.plusMillis(1));

        assertThat(engine.runtime().sessions().staysLoggedOn(proven)).isFalse();
        assertThat(end(proven)).isEqualTo(Checked.passed(Ended.ALL));
        assertThat(engine.runtime().authentication().standing(ALICE, 0))
                .isEqualTo(new Standing.Ended(Rejection.SESSIONS_ENDED));
        assertThat(end(caller(ALICE, 1, LogonMethod.PASSKEY))).isEqualTo(Checked.passed(Ended.ALL_OTHERS));
    }

    /** A password alone is no proof for a user who has a passkey; it is for one who has none. */
    @Test
    void t123_passwordAloneKeepsSessionOnlyWithoutPasskey() {
        assertThat(end(caller(ALICE, 0, LogonMethod.PASSWORD))).isEqualTo(Checked.passed(Ended.ALL));
        assertThat(end(caller(BOB, 0, LogonMethod.PASSWORD))).isEqualTo(Checked.passed(Ended.ALL_OTHERS));
    }

    @Test
    void t123_withoutProofOnceAMinuteAndWithProofAlways() {
        assertThat(end(caller(ALICE, 0, LogonMethod.PASSWORD))).isEqualTo(Checked.passed(Ended.ALL));

        engine.clock().advance(Duration.ofSeconds(59));
        assertThat(end(caller(ALICE, 1, LogonMethod.PASSWORD))).isEqualTo(Checked.refused(Rejection.TOO_OFTEN));
        assertThat(engine.runtime().authentication().standing(ALICE, 1)).isInstanceOf(Standing.Good.class);
        assertThat(end(caller(ALICE, 1, LogonMethod.PASSKEY))).isEqualTo(Checked.passed(Ended.ALL_OTHERS));

        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(end(caller(ALICE, 2, LogonMethod.PASSWORD))).isEqualTo(Checked.passed(Ended.ALL));
    }

    /** What a session that has ended asks for must not use up the minute of one that lives. */
    @Test
    void t123_endedSessionEndsNothing() {
        assertThat(end(caller(ALICE, 0, LogonMethod.PASSKEY))).isEqualTo(Checked.passed(Ended.ALL_OTHERS));

        assertThat(end(caller(ALICE, 0, LogonMethod.PASSWORD))).isEqualTo(Checked.refused(Rejection.SESSIONS_ENDED));
        assertThat(end(caller(ALICE, 1, LogonMethod.PASSWORD))).isEqualTo(Checked.passed(Ended.ALL));
    }

    private Checked<Ended> end(ProvenCaller caller) {
        return engine.runtime().sessions().endAll(caller);
    }

    private ProvenCaller caller(Account account, long epoch, LogonMethod proof) {
        return new ProvenCaller(account, epoch, Proofs.by(proof, engine.clock().instant()), CLIENT);
    }
}
