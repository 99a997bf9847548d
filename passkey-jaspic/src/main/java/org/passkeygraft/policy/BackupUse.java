package org.passkeygraft.policy;

/** What a backup code may stand in for, always beside a right password and never alone. */
public enum BackupUse {
    OFF("off"),
    /** For the passkey at a logon. */
    SECOND_FACTOR("second-factor"),
    /** Also for the passkey that proves who wants to change something, so that a lost device can be replaced. */
    SECOND_FACTOR_AND_PROOF("second-factor-and-proof");

    private final String label;

    BackupUse(String label) {
        this.label = label;
    }

    /** How the configuration, the database and forms spell it. */
    public String label() {
        return label;
    }
}
