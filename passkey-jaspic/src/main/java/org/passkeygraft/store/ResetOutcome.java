package org.passkeygraft.store;

/** What became of a passkey that was to be bound by a pass. Whatever is refused, the ceremony is spent. */
public enum ResetOutcome {
    BOUND,
    /** Somebody used the right before, or it was taken back. */
    GRANT_GONE,
    /** Somebody ended this ceremony before. */
    CEREMONY_SPENT,
    /** The account's sessions were ended since the pass was given, or another account got its name. */
    SESSIONS_ENDED,
    /** The credential id is bound already (WebAuthn Level 3, section 7.1, step 26), to whomever. */
    REGISTERED
}
