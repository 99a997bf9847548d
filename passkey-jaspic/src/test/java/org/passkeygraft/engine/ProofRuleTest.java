package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.Proofs;
import org.passkeygraft.policy.BackupPolicy;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.PasskeyPolicy;

class ProofRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final PasskeyPolicy POLICY = PasskeyPolicy.STANDARD.withBackup(
            new BackupPolicy(BackupUse.SECOND_FACTOR, BackupUse.SECOND_FACTOR_AND_PROOF));

    private final ProofRule rule = new ProofRule(() -> NOW, Duration.ofMinutes(5));

    @Test
    void t119_aPasswordIsEnoughOnlyWithoutAPasskey() {
        Proofs password = by(LogonMethod.PASSWORD);

        assertThat(rule.suffices(password, POLICY, 0)).isTrue();
        assertThat(rule.suffices(password, POLICY, 1)).isFalse();
    }

    @Test
    void aPasskeyIsEnoughAlone() {
        assertThat(rule.suffices(by(LogonMethod.PASSKEY), POLICY, 3)).isTrue();
    }

    @Test
    void aKeyOrACodeCountsBesideThePasswordOnly() {
        assertThat(rule.isStrong(by(LogonMethod.SECURITY_KEY), POLICY)).isFalse();
        assertThat(rule.isStrong(by(LogonMethod.SECURITY_KEY, LogonMethod.PASSWORD), POLICY))
                .isTrue();
        assertThat(rule.isStrong(by(LogonMethod.RECOVERY_CODE, LogonMethod.PASSWORD), POLICY))
                .isTrue();
        assertThat(rule.suffices(by(LogonMethod.RECOVERY_CODE), POLICY, 0)).isFalse();
    }

    @Test
    void aCodeThatThePolicyTakesForALogonOnlyProvesNothing() {
        assertThat(rule.isStrong(by(LogonMethod.ONE_TIME_CODE, LogonMethod.PASSWORD), POLICY))
                .isFalse();
    }

    @Test
    void t46_everyPartOfAProofGrowsOld() {
        Instant before = NOW.minus(Duration.ofMinutes(5)).minusMillis(1);
        Proofs halfOld = Proofs.by(LogonMethod.PASSWORD, before).with(Set.of(LogonMethod.SECURITY_KEY), NOW);

        assertThat(rule.isStrong(Proofs.by(LogonMethod.PASSKEY, before), POLICY))
                .isFalse();
        assertThat(rule.isStrong(halfOld, POLICY)).isFalse();
        assertThat(rule.olderBy(Duration.ofMinutes(1)).isStrong(halfOld, POLICY))
                .isTrue();
    }

    @Test
    void t114_aProofFromAnotherServersFastClockIsOneUpToAMinuteAhead() {
        Instant ahead = NOW.plusSeconds(60);

        assertThat(rule.isStrong(Proofs.by(LogonMethod.PASSKEY, ahead), POLICY)).isTrue();
        assertThat(rule.isStrong(Proofs.by(LogonMethod.PASSKEY, ahead.plusMillis(1)), POLICY))
                .isFalse();
    }

    private static Proofs by(LogonMethod... methods) {
        return Proofs.by(Set.of(methods), NOW);
    }
}
