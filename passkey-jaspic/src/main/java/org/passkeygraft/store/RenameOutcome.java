package org.passkeygraft.store;

/** What became of a passkey's new name. */
public enum RenameOutcome {
    RENAMED,
    /** The session that asked for it ended meanwhile. */
    SESSIONS_ENDED,
    /** No such passkey, or another user's: nobody can tell the two apart. */
    UNKNOWN,
    /** Another passkey of the user has this name, or one that looks the same. */
    NAME_TAKEN
}
