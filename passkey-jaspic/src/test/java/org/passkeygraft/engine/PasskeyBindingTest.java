package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.TIMEOUT;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.AuthenticatorPolicy;
import org.passkeygraft.policy.ModelRule;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What is asked again when a binding ends. */
final class PasskeyBindingTest {
    /** Zeros are what an authenticator says that does not tell its model. */
    private static final AuthenticatorPolicy NOT_OF_ZEROS =
            new AuthenticatorPolicy(false, ModelRule.NOT_THESE, Set.of("00000000-0000-0000-0000-000000000000"));

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aPasswordNoLongerProvesAnythingOnceTheAccountHasAPasskey() {
        BegunCeremony first = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        BegunCeremony second = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "Second");

        assertThat(bind(first)).isInstanceOf(BindResult.Bound.class);
        assertThat(bind(second)).isEqualTo(new BindResult.Refused(Rejection.CONFIRMATION_REQUIRED));
        assertThat(passkeys()).isEqualTo(1);
    }

    @Test
    void theProofMayAgeByOneCeremonyAndNoMore() {
        Instant proved = engine.clock().instant();
        engine.clock().advance(TIMEOUT);
        ProvenCaller caller = EngineUnderTest.caller(ALICE, LogonMethod.PASSWORD, proved);
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        engine.clock().advance(TIMEOUT.minus(Duration.ofMillis(1)));
        assertThat(engine.bind(caller, ceremony, SoftwareAuthenticator.synced()))
                .isInstanceOf(BindResult.Bound.class);

        ProvenCaller older = EngineUnderTest.caller(
                ALICE,
                LogonMethod.PASSKEY,
                engine.clock().instant().minus(TIMEOUT.multipliedBy(2)).minusMillis(1));
        BegunCeremony another = engine.beginBinding(ALICE, LogonMethod.PASSKEY, "Second");
        assertThat(engine.bind(older, another, SoftwareAuthenticator.synced()))
                .isEqualTo(new BindResult.Refused(Rejection.CONFIRMATION_REQUIRED));
    }

    @Test
    void t38_passkeysSwitchedOffElsewhereMeanwhileBindNothing() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        engine.allowPasskeys(false);

        assertThat(bind(ceremony)).isEqualTo(new BindResult.Refused(Rejection.PASSKEYS_OFF));
        assertThat(passkeys()).isZero();
    }

    @Test
    void t38_aModelForbiddenElsewhereMeanwhileIsNotBound() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        engine.changePolicy(PasskeyPolicy.STANDARD.withAuthenticators(NOT_OF_ZEROS));

        assertThat(bind(ceremony)).isEqualTo(new BindResult.Refused(Rejection.AUTHENTICATOR));
        assertThat(passkeys()).isZero();
        engine.changePolicy(PasskeyPolicy.STANDARD);
        assertThat(bind(ceremony)).as("spent").isEqualTo(new BindResult.Refused(Rejection.CEREMONY_SPENT));
    }

    @Test
    void t38_aProofOfTheModelAskedForElsewhereMeanwhileIsMissed() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        engine.changePolicy(
                PasskeyPolicy.STANDARD.withAuthenticators(new AuthenticatorPolicy(true, ModelRule.ANY, Set.of())));

        assertThat(bind(ceremony)).isEqualTo(new BindResult.Refused(Rejection.AUTHENTICATOR));
        assertThat(passkeys()).isZero();
    }

    @Test
    void t37_anAccountThatWasLockedMeanwhileBindsNothing() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        engine.lock(ALICE, true);

        assertThat(bind(ceremony)).isEqualTo(new BindResult.Refused(Rejection.ACCOUNT_UNUSABLE));
        assertThat(passkeys()).isZero();
    }

    @Test
    void t117_aSessionThatWasEndedMeanwhileBindsNothing() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        ProvenCaller caller = engine.caller(ALICE, LogonMethod.PASSWORD);
        engine.runtime().sessions().endAll(caller);

        assertThat(bind(ceremony)).isEqualTo(new BindResult.Refused(Rejection.SESSIONS_ENDED));
        assertThat(engine.runtime().passkeys().beginBinding(caller, new PasskeyName("Second"), PasskeyUse.LOGON))
                .isEqualTo(new CeremonyStart.Refused(Rejection.SESSIONS_ENDED));
        assertThat(passkeys()).isZero();
    }

    @Test
    void t117_aSessionThatWasEndedChangesNoPasskey() {
        bind(engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First"));
        CredentialRecord bound =
                engine.runtime().passkeys().list(ALICE).passkeys().get(0);
        ProvenCaller caller = engine.caller(ALICE, LogonMethod.PASSKEY);
        engine.runtime().sessions().endAll(caller);

        assertThat(engine.runtime().passkeys().rename(caller, bound.id().key(), "Other"))
                .contains(Rejection.SESSIONS_ENDED);
        assertThat(engine.runtime().passkeys().delete(caller, bound.id().key())).contains(Rejection.SESSIONS_ENDED);
        assertThat(engine.runtime().passkeys().list(ALICE).passkeys()).containsExactly(bound);
    }

    @Test
    void whateverIsRefusedAtTheEndSpendsTheCeremony() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        engine.lock(ALICE, true);
        bind(ceremony);
        engine.lock(ALICE, false);

        assertThat(bind(ceremony)).isEqualTo(new BindResult.Refused(Rejection.CEREMONY_SPENT));
        assertThat(passkeys()).isZero();
    }

    private BindResult bind(BegunCeremony ceremony) {
        return engine.bind(ALICE, LogonMethod.PASSWORD, ceremony, SoftwareAuthenticator.synced());
    }

    private int passkeys() {
        return engine.runtime().passkeys().list(ALICE).passkeys().size();
    }
}
