package org.passkeygraft.store;

/** What became of a passkey to be bound. Whatever is refused, the ceremony is spent. */
public enum BindOutcome {
    BOUND,
    /** Somebody ended this ceremony before. */
    CEREMONY_SPENT,
    /** The session that asked for it ended meanwhile. */
    SESSIONS_ENDED,
    /** The user has a passkey of this name, or of one that looks the same. */
    NAME_TAKEN,
    /** The user has as many passkeys as the policy allows. */
    LIMIT,
    /** The credential id is bound already (WebAuthn Level 3, section 7.1, step 26), to whomever. */
    REGISTERED
}
