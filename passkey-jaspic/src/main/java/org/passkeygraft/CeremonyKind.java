package org.passkeygraft;

/** What a pending ceremony may end in; one kind is never accepted for another. */
public enum CeremonyKind {
    LOGON("logon"),
    CONFIRMATION("confirmation"),
    BINDING("binding"),
    SECOND_FACTOR("second-factor"),
    /** A binding that the browser makes by itself right after a password was checked. */
    UPGRADE("upgrade"),
    /** A binding in the place of all passkeys that the user had, by an administrator's pass. */
    RESET("reset");

    private final String label;

    CeremonyKind(String label) {
        this.label = label;
    }

    /**
     * Whether it goes on while passkeys are switched off: nobody logs on by one or binds one then, but who has one still
     * proves with it, or no administrator who has one could switch them on again (T-51).
     */
    public boolean holdsWhilePasskeysAreOff() {
        return this == CONFIRMATION;
    }

    /** How cookies and sealed tokens spell it. */
    public String label() {
        return label;
    }
}
