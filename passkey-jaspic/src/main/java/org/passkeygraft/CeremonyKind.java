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

    /** How cookies and sealed tokens spell it. */
    public String label() {
        return label;
    }
}
