package org.passkeygraft.store;

/** What a grant lets its holder do; one kind is never accepted for another. */
public enum GrantKind {
    /** A right password, to which a second factor must follow. */
    PASSWORD_PASSED("password-passed"),
    /** A right passkey, to which the password must follow. */
    PASSKEY_PASSED("passkey-passed"),
    /** A logon that only has to get through the container's own form. */
    TICKET("ticket"),
    /** What the browser of a ticket shows when the container has logged its user on. */
    TICKET_FOLLOWED("ticket-followed"),
    /** An administrator's wish for another administrator's pass; the detail is the key of who asked. */
    RESET_REQUESTED("reset-requested"),
    /** An administrator's pass to bind anew; the detail is the name of who gave it. */
    RESET("reset"),
    /** The same pass after it was spent, for the one binding. */
    RESET_BINDING("reset-binding");

    private final String label;

    GrantKind(String label) {
        this.label = label;
    }

    /** How the database and cookies spell it. */
    public String label() {
        return label;
    }
}
