package org.passkeygraft.store;

/** What became of a logon whose signature was good. */
public enum LogonOutcome {
    RECORDED,
    /** Somebody ended this ceremony before; nothing was changed. */
    CEREMONY_SPENT,
    /**
     * The signature counter did not move forward (WebAuthn Level 3, section 7.2, step 22), or the passkey has just been
     * deleted. The ceremony is spent all the same; a passkey that is still there is marked as possibly cloned.
     */
    COUNTER
}
