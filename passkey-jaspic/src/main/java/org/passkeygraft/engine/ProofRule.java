package org.passkeygraft.engine;

import java.time.Duration;
import java.time.InstantSource;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.Proofs;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.PasskeyPolicy;

/**
 * The one rule on what proves enough for a change (T-45, T-119): a passkey, or the password together with a security key or
 * with a backup code that the policy takes as a proof. A password alone is enough only while the account has no passkey.
 *
 * @param maximumAge how old each part of the proof may be
 */
record ProofRule(InstantSource clock, Duration maximumAge) {
    /** The same where the proof may be older by the time that a ceremony takes. */
    ProofRule olderBy(Duration longer) {
        return new ProofRule(clock, maximumAge.plus(longer));
    }

    boolean isStrong(Proofs proofs, PasskeyPolicy policy) {
        return holds(proofs, LogonMethod.PASSKEY) || (holds(proofs, LogonMethod.PASSWORD) && hasSecond(proofs, policy));
    }

    /** @param passkeys how many the account has, of any use */
    boolean suffices(Proofs proofs, PasskeyPolicy policy, long passkeys) {
        return isStrong(proofs, policy) || (passkeys == 0 && holds(proofs, LogonMethod.PASSWORD));
    }

    boolean holdsPassword(Proofs proofs) {
        return holds(proofs, LogonMethod.PASSWORD);
    }

    private boolean hasSecond(Proofs proofs, PasskeyPolicy policy) {
        return holds(proofs, LogonMethod.SECURITY_KEY)
                || isProofByCode(proofs, policy, LogonMethod.ONE_TIME_CODE)
                || isProofByCode(proofs, policy, LogonMethod.RECOVERY_CODE);
    }

    private boolean isProofByCode(Proofs proofs, PasskeyPolicy policy, LogonMethod code) {
        return policy.backup().of(code) == BackupUse.SECOND_FACTOR_AND_PROOF && holds(proofs, code);
    }

    private boolean holds(Proofs proofs, LogonMethod method) {
        return proofs.holds(method, clock.instant(), maximumAge);
    }
}
