package org.passkeygraft;

/** What a passkey was bound for. */
public enum PasskeyUse {
    /** Logs its user on alone: discoverable and bound with user verification. */
    LOGON("logon"),
    /** Only beside a password: an older key without user verification. */
    SECOND_FACTOR("second-factor");

    private final String label;

    PasskeyUse(String label) {
        this.label = label;
    }

    /** How the HTTP contract and the database spell it. */
    public String label() {
        return label;
    }
}
