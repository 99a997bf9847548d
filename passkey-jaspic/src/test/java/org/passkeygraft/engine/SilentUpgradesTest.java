package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;
import static org.passkeygraft.engine.EngineUnderTest.ORIGIN;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.BindResult.Bound;
import org.passkeygraft.BindResult.Refused;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.Flag;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** A passkey that a browser makes by itself: when, for whom, and what stands against it. */
final class SilentUpgradesTest {
    private static final PasskeyPolicy LETS = PasskeyPolicy.STANDARD.withSilentUpgrade(true);
    private static final Set<String> STAFF = Set.of("staff");
    private static final PasskeyName NAME = new PasskeyName("Chrome on Windows");

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();
    private final Instant typed = engine.clock().instant();

    @BeforeEach
    void allow() {
        engine.changePolicy(LETS);
        passFiveSeconds();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aBrowserMakesAPasskeyThatLogsItsUserOn() {
        assertThat(isDue()).isTrue();

        assertThat(end(begin(), device))
                .isInstanceOfSatisfying(
                        Bound.class, bound -> assertThat(bound.passkey().name()).isEqualTo(NAME));

        assertThat(engine.logOn(device)).isInstanceOf(LogonResult.Accepted.class);
        assertThat(isDue()).isFalse();
    }

    @Test
    void t09_nobodyNeedBePresentForItAndForNoOtherBinding() {
        BegunCeremony upgrade = begin();
        Bytes unattended = device.lying()
                .withFlag(Flag.USER_PRESENT, false)
                .withFlag(Flag.USER_VERIFIED, false)
                .createBytes(upgrade.optionsJson(), ORIGIN);
        assertThat(end(upgrade, unattended)).isInstanceOf(Bound.class);

        BegunCeremony binding = engine.beginBinding(BOB, LogonMethod.PASSWORD, "First");
        Bytes absent = device.lying().withFlag(Flag.USER_PRESENT, false).createBytes(binding.optionsJson(), ORIGIN);
        assertThat(engine.runtime().passkeys().bind(caller(BOB), EngineUnderTest.answer(binding, absent)))
                .isEqualTo(new Refused(Rejection.USER_NOT_PRESENT));
    }

    @Test
    void itBeginsAndEndsWithinAMinuteOfThePassword() {
        BegunCeremony ceremony = begin();
        engine.clock().advance(SilentUpgrades.LATEST.minusSeconds(5));
        assertThat(start()).isInstanceOf(CeremonyStart.Begun.class);
        engine.clock().advance(Duration.ofMillis(1));

        assertThat(end(ceremony, device)).isEqualTo(new Refused(Rejection.CONFIRMATION_REQUIRED));
        assertThat(start()).isEqualTo(new CeremonyStart.Refused(Rejection.CONFIRMATION_REQUIRED));
        assertThat(isDue()).isFalse();
        assertThat(passkeys()).isZero();
    }

    @Test
    void aPasskeyShownIsNoPasswordTyped() {
        ProvenCaller byPasskey = EngineUnderTest.caller(ALICE, LogonMethod.PASSKEY, typed);

        assertThat(engine.runtime().upgrades().isDue(byPasskey, STAFF)).isFalse();
        assertThat(engine.runtime().upgrades().begin(byPasskey, NAME))
                .isEqualTo(new CeremonyStart.Refused(Rejection.CONFIRMATION_REQUIRED));
    }

    @Test
    void whoHasAPasskeyGetsNoneUnasked() {
        BegunCeremony ceremony = begin();
        engine.bindFirst(ALICE, SoftwareAuthenticator.synced());

        assertThat(end(ceremony, device)).isEqualTo(new Refused(Rejection.LIMIT));
        assertThat(start()).isEqualTo(new CeremonyStart.Refused(Rejection.LIMIT));
        assertThat(isDue()).isFalse();
    }

    @Test
    void t38_switchedOffElsewhereMeanwhileNoneIsKept() {
        for (PasskeyPolicy off : List.of(LETS.withSilentUpgrade(false), LETS.withAllowed(false))) {
            BegunCeremony ceremony = begin();
            engine.changePolicy(off);

            assertThat(end(ceremony, device)).isEqualTo(new Refused(Rejection.PASSKEYS_OFF));
            engine.changePolicy(LETS);
        }
        assertThat(passkeys()).isZero();
    }

    @Test
    void t37_anAccountThatWasLockedMeanwhileGetsNone() {
        BegunCeremony ceremony = begin();
        engine.lock(ALICE, true);

        assertThat(end(ceremony, device)).isEqualTo(new Refused(Rejection.ACCOUNT_UNUSABLE));
    }

    @Test
    void t117_aSessionThatWasEndedMeanwhileGetsNone() {
        BegunCeremony ceremony = begin();
        engine.runtime().sessions().endAll(caller(ALICE));

        assertThat(end(ceremony, device)).isEqualTo(new Refused(Rejection.SESSIONS_ENDED));
        assertThat(start()).isEqualTo(new CeremonyStart.Refused(Rejection.SESSIONS_ENDED));
        assertThat(passkeys()).isZero();
    }

    /** A passkey that nobody asked for takes nothing away. */
    @Test
    void noneIsMadeWhereItWouldChangeHowTheUserMustLogOn() {
        SecondFactorPolicy ofStaff =
                new SecondFactorPolicy(SecondFactorRule.OFF, Map.of("staff", SecondFactorRule.WHEN_BOUND), false);
        for (PasskeyPolicy policy :
                List.of(LETS.withPassword(PasswordRule.WHILE_NO_PASSKEY), LETS.withSecondFactor(ofStaff))) {
            engine.changePolicy(policy);
            passFiveSeconds();

            assertThat(isDue()).isFalse();
            assertThat(start()).isEqualTo(new CeremonyStart.Refused(Rejection.PASSKEYS_OFF));
        }
    }

    @Test
    void t33_aBindingEndsNoUpgradeAndAnUpgradeNoBinding() {
        BegunCeremony binding = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "First");
        BegunCeremony upgrade = begin();

        assertThat(end(binding, device)).isEqualTo(new Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.bind(ALICE, LogonMethod.PASSWORD, upgrade, device))
                .isEqualTo(new Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(passkeys()).isZero();
    }

    @Test
    void anotherCallersUpgradeIsNobodysElse() {
        BegunCeremony alices = begin();

        assertThat(engine.runtime().upgrades().end(caller(BOB), EngineUnderTest.answer(alices, made(alices, device))))
                .isEqualTo(new Refused(Rejection.CEREMONY_UNKNOWN));
    }

    @Test
    void whoSaidNotNowOrDeletedOneIsLeftAlone() {
        engine.runtime().passkeys().deferBinding(caller(BOB));
        assertThat(engine.runtime().upgrades().isDue(caller(BOB), STAFF)).isFalse();

        String id = ((Bound) end(begin(), device)).passkey().id().key();
        ProvenCaller owner = EngineUnderTest.caller(
                ALICE, LogonMethod.PASSKEY, engine.clock().instant());
        assertThat(engine.runtime().passkeys().delete(owner, id)).isEmpty();
        assertThat(isDue()).isFalse();
    }

    private void passFiveSeconds() {
        engine.clock().advance(Duration.ofSeconds(5));
    }

    private boolean isDue() {
        return engine.runtime().upgrades().isDue(caller(ALICE), STAFF);
    }

    /** Who typed the password when the test began. */
    private ProvenCaller caller(Account account) {
        return EngineUnderTest.caller(account, LogonMethod.PASSWORD, typed);
    }

    private CeremonyStart start() {
        return engine.runtime().upgrades().begin(caller(ALICE), NAME);
    }

    private BegunCeremony begin() {
        return EngineUnderTest.begun(start());
    }

    private BindResult end(BegunCeremony ceremony, SoftwareAuthenticator browser) {
        return end(ceremony, made(ceremony, browser));
    }

    private BindResult end(BegunCeremony ceremony, Bytes made) {
        return engine.runtime().upgrades().end(caller(ALICE), EngineUnderTest.answer(ceremony, made));
    }

    private static Bytes made(BegunCeremony ceremony, SoftwareAuthenticator browser) {
        try {
            return Bytes.of(browser.create(ceremony.optionsJson(), ORIGIN).getBytes(StandardCharsets.UTF_8));
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private int passkeys() {
        return engine.runtime().passkeys().list(ALICE).passkeys().size();
    }
}
