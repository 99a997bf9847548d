package org.passkeygraft.store;

/** What became of a deletion. */
public enum DeleteOutcome {
    DELETED,
    /** The session that asked for it ended meanwhile. */
    SESSIONS_ENDED,
    /** The user has no such passkey. */
    UNKNOWN,
    /** It is the user's only one, and stays. */
    LAST
}
