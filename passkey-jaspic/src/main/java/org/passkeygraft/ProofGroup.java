package org.passkeygraft;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a fresh proof is good for: one given for the one is none for the other (T-46). A logon is good for all. */
public enum ProofGroup {
    /** The caller's own passkeys and backup. */
    OWN,
    /** Settings and other users. */
    ADMINISTRATION,
    /** Places of the application that ask for it. */
    APPLICATION;

    /** How the session and addresses spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProofGroup> labelled(String label) {
        return Arrays.stream(values())
                .filter(group -> group.label().equals(label))
                .findFirst();
    }
}
