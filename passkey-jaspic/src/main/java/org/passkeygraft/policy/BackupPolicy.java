package org.passkeygraft.policy;

import org.passkeygraft.LogonMethod;

/** Which backup codes there are, and what for. */
public record BackupPolicy(BackupUse oneTimeCodes, BackupUse recoveryCodes) {
    /** Both kinds replace a lost passkey. */
    public static final BackupPolicy STANDARD =
            new BackupPolicy(BackupUse.SECOND_FACTOR_AND_PROOF, BackupUse.SECOND_FACTOR_AND_PROOF);

    /** What a method may stand in for; {@code OFF} for one that is no backup. */
    public BackupUse of(LogonMethod method) {
        return switch (method) {
            case ONE_TIME_CODE -> oneTimeCodes;
            case RECOVERY_CODE -> recoveryCodes;
            case PASSKEY, PASSWORD, SECURITY_KEY -> BackupUse.OFF;
        };
    }
}
