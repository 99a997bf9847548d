package org.passkeygraft.policy;

/** Who may log on by password. */
public enum PasswordRule {
    ALLOWED("allowed"),
    /** Only who has no passkey, to bind one. */
    WHILE_NO_PASSKEY("while-no-passkey");

    private final String label;

    PasswordRule(String label) {
        this.label = label;
    }

    /** How the configuration, the database and forms spell it. */
    public String label() {
        return label;
    }
}
