package org.passkeygraft.store;

/** What a one-time code is for; one for the one is none for the other, and they are counted apart. */
public enum CodePurpose {
    /** Beside a right password, in place of a passkey. */
    BACKUP("backup"),
    /** To show that a contact is the user's own. */
    CONTACT("contact");

    private final String label;

    CodePurpose(String label) {
        this.label = label;
    }

    /** How the database spells it. */
    public String label() {
        return label;
    }
}
