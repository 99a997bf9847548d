package org.passkeygraft.policy;

/** Whether a right password is enough. From the most lenient to the strictest. */
public enum SecondFactorRule {
    OFF("off"),
    /** Who has a passkey must show one. */
    WHEN_BOUND("when-bound"),
    /** Everybody must show a passkey; who has none binds one first. */
    REQUIRED("required");

    private final String label;

    SecondFactorRule(String label) {
        this.label = label;
    }

    /** How the configuration, the database and forms spell it. */
    public String label() {
        return label;
    }

    /** The stricter of two rules that both hold. */
    public SecondFactorRule and(SecondFactorRule other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
