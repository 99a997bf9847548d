package org.passkeygraft.policy;

/** How a list of authenticator models is meant. */
public enum ModelRule {
    ANY("any"),
    ONLY_THESE("only-these"),
    NOT_THESE("not-these");

    private final String label;

    ModelRule(String label) {
        this.label = label;
    }

    /** How the configuration, the database and forms spell it. */
    public String label() {
        return label;
    }
}
