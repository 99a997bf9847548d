package org.passkeygraft.spi;

/** What a user is told about, so that they notice what they did not do themselves. */
public enum NoticeKind {
    PASSKEY_BOUND,
    /** The browser made one by itself after a password. */
    PASSKEY_ADDED_SILENTLY,
    PASSKEY_DELETED,
    /** By an administrator. */
    PASSKEY_REVOKED,
    /** By an administrator: all passkeys, and the backup with them. */
    ALL_REVOKED,
    RESET_ISSUED,
    RESET_USED,
    BACKUP_USED,
    CONTACT_CHANGED,
    RECOVERY_CODES_CHANGED
}
