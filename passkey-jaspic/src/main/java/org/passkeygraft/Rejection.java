package org.passkeygraft;

/** Why an attempt was refused: for the audit trail, never for the browser. */
public enum Rejection {
    /** The body is not the JSON type asked for, or a member of it is malformed. */
    MALFORMED,
    /** No ceremony of this kind with this challenge is open here: missing, foreign, forged or expired. */
    CEREMONY_UNKNOWN,
    /** Somebody ended this ceremony before. */
    CEREMONY_SPENT,
    WRONG_TYPE,
    WRONG_ORIGIN,
    CROSS_ORIGIN,
    /** The request came over plain http, where no password is taken. */
    IN_CLEAR,
    WRONG_RELYING_PARTY,
    USER_NOT_PRESENT,
    USER_NOT_VERIFIED,
    /** BE or BS impossible, or BE changed since the passkey was made. */
    BACKUP_FLAGS,
    ALGORITHM,
    PUBLIC_KEY,
    ATTESTATION,
    EXTENSIONS,
    /** No such passkey here. */
    CREDENTIAL_UNKNOWN,
    /** No such passkey here, yet its user handle is one that this store gave out: the device may forget it. */
    CREDENTIAL_REMOVED,
    CREDENTIAL_REGISTERED,
    /** The passkey serves as a second factor only. */
    CREDENTIAL_USE,
    USER_HANDLE,
    SIGNATURE,
    /** The signature counter did not move forward: possibly a clone. */
    COUNTER,
    /** A good passkey of another account than the one typed or logged on. */
    WRONG_ACCOUNT,
    PASSKEYS_OFF,
    PASSWORD,
    /** The hash stored for this account is in no format known here, or would cost too much: no password could be right. */
    HASH_UNREADABLE,
    /** The password may be right; the policy wants the account's passkey. */
    PASSWORD_NOT_ALLOWED,
    /** A backup code that is wrong, expired or used. */
    CODE,
    /** Backup codes are off, for this account or for all. */
    CODES_OFF,
    /** No first factor was shown that another could follow, or too long ago. */
    FIRST_FACTOR,
    /** As many codes as may be sent in an hour were sent. */
    TOO_MANY_CODES,
    /** Less than a minute has passed since this was done for the account without a fresh proof. */
    TOO_OFTEN,
    /** Neither a mobile number nor an e-mail address, or nothing can be sent to one of its kind. */
    CONTACT,
    /** A client that can show one factor only came with a password, and the account needs two. */
    SECOND_FACTOR_DUE,
    ACCOUNT_UNKNOWN,
    /** Locked, disabled or expired. */
    ACCOUNT_UNUSABLE,
    NAME,
    NAME_TAKEN,
    LIMIT,
    /** Another account holds this one's name since: its passkeys rest. */
    QUARANTINED,
    /** The policy does not take this model of authenticator, or wants it attested. */
    AUTHENTICATOR,
    /** The last passkey of an account that needs one to log on. */
    LAST_PASSKEY,
    NOT_ADMINISTRATOR,
    /** The account is an administrator's, about which two decide. */
    ADMINISTRATOR,
    /** Nobody does this to their own account. */
    OWN_ACCOUNT,
    /** Who asked for something that two must want cannot be both of them. */
    OWN_REQUEST,
    /** Somebody else changed it meanwhile. */
    STALE,
    /** The policy would let nobody in, or contradicts itself. */
    POLICY,
    /** The account's older sessions were ended. */
    SESSIONS_ENDED,
    /** The change asks for a fresher or a stronger proof than the session has. */
    CONFIRMATION_REQUIRED
}
