package org.passkeygraft.web;

import org.passkeygraft.Rejection;

/** Every error a client can get: one status, one stable code, one sentence (RFC 9457). */
enum Problem {
    INVALID_REQUEST(400, "invalid-request", "Bad Request", "The request is not what is asked for here."),
    REGISTRATION_FAILED(400, "registration-failed", "Bad Request", "The passkey was not accepted."),
    AUTHENTICATION_REQUIRED(401, "authentication-required", "Unauthorized", "Log on first."),
    AUTHENTICATION_FAILED(401, "authentication-failed", "Unauthorized", "The logon was refused."),
    RESET_REFUSED(401, "reset-refused", "Unauthorized", "The pass or the password was refused."),
    WRONG_ACCOUNT(401, "wrong-account", "Unauthorized", "This passkey belongs to another account."),
    CEREMONY_EXPIRED(409, "ceremony-expired", "Conflict", "Begin again with new options."),
    CONFIRMATION_REQUIRED(403, "confirmation-required", "Forbidden", "Confirm first that it is you."),
    FORBIDDEN(403, "forbidden", "Forbidden", "This is for administrators."),
    OWN_ACCOUNT(403, "own-account", "Forbidden", "Nobody does this to their own account."),
    OWN_REQUEST(403, "own-request", "Forbidden", "Another administrator has to approve this."),
    SECOND_ADMINISTRATOR(403, "second-administrator", "Forbidden", "Two administrators decide about this account."),
    PASSKEYS_OFF(403, "passkeys-off", "Forbidden", "Passkeys are switched off."),
    CROSS_ORIGIN(403, "cross-origin", "Forbidden", "The request came from another site."),
    HTTPS_REQUIRED(403, "https-required", "Forbidden", "Use https. What was sent in clear was not accepted."),
    NOT_FOUND(404, "not-found", "Not Found", "There is nothing here."),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "Method Not Allowed", "This method is not allowed here."),
    NAME_TAKEN(409, "name-taken", "Conflict", "Another passkey has this name."),
    LAST_PASSKEY(409, "last-passkey", "Conflict", "The account needs a passkey to log on."),
    ACCOUNT_UNUSABLE(409, "account-unusable", "Conflict", "The account cannot be used now."),
    STALE(409, "stale", "Conflict", "Somebody else changed it meanwhile."),
    LIMIT_REACHED(409, "limit-reached", "Conflict", "The account has as many passkeys as it may have."),
    POLICY_CONFLICT(409, "policy-conflict", "Conflict", "These settings may not hold together here."),
    INVALID_SETTINGS(422, "invalid-settings", "Unprocessable Content", "Some fields cannot be what they are."),
    INVALID_NAME(422, "invalid-name", "Unprocessable Content", "This cannot be a passkey's name."),
    INVALID_CONTACT(422, "invalid-contact", "Unprocessable Content", "Nobody can be reached there."),
    CODES_OFF(403, "codes-off", "Forbidden", "Codes are not taken here."),
    TOO_LARGE(413, "too-large", "Content Too Large", "The body is too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "Unsupported Media Type", "The body is of another type."),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too Many Requests", "Try again later."),
    UNAVAILABLE(503, "unavailable", "Service Unavailable", "Try again in a moment.");

    private final int status;
    private final String code;
    private final String title;
    private final String detail;

    Problem(int status, String code, String title, String detail) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String title() {
        return title;
    }

    String detail() {
        return detail;
    }

    /** Returns the detail with what exactly is wrong, a sentence without its full stop. */
    String detail(String fault) {
        return detail.substring(0, detail.length() - 1) + ": " + fault + '.';
    }

    /** How a refused logon or confirmation is answered: one body for nearly every reason. */
    static Problem ofLogon(Rejection reason) {
        return switch (reason) {
            case MALFORMED -> INVALID_REQUEST;
            case CEREMONY_UNKNOWN, CEREMONY_SPENT -> CEREMONY_EXPIRED;
            case WRONG_ACCOUNT -> WRONG_ACCOUNT;
            case PASSKEYS_OFF -> PASSKEYS_OFF;
            case CONFIRMATION_REQUIRED -> CONFIRMATION_REQUIRED;
            case FIRST_FACTOR -> AUTHENTICATION_REQUIRED;
            default -> AUTHENTICATION_FAILED;
        };
    }

    /** How a refused change by an administrator is answered. */
    static Problem ofAdministration(Rejection reason) {
        return switch (reason) {
            case CONFIRMATION_REQUIRED -> CONFIRMATION_REQUIRED;
            case SESSIONS_ENDED -> AUTHENTICATION_REQUIRED;
            case PASSKEYS_OFF -> PASSKEYS_OFF;
            case OWN_ACCOUNT -> OWN_ACCOUNT;
            case OWN_REQUEST -> OWN_REQUEST;
            case ADMINISTRATOR -> SECOND_ADMINISTRATOR;
            case ACCOUNT_UNUSABLE, QUARANTINED -> ACCOUNT_UNUSABLE;
            case ACCOUNT_UNKNOWN, CREDENTIAL_UNKNOWN -> NOT_FOUND;
            case STALE -> STALE;
            default -> FORBIDDEN;
        };
    }

    /** How a pass that was refused is answered: one body for nearly every reason. */
    static Problem ofReset(Rejection reason) {
        return reason == Rejection.PASSKEYS_OFF ? PASSKEYS_OFF : RESET_REFUSED;
    }

    /** How a refused change of a backup, or a refused code, is answered. */
    static Problem ofBackup(Rejection reason) {
        return switch (reason) {
            case CONFIRMATION_REQUIRED -> CONFIRMATION_REQUIRED;
            case SESSIONS_ENDED, FIRST_FACTOR -> AUTHENTICATION_REQUIRED;
            case CONTACT -> INVALID_CONTACT;
            case TOO_MANY_CODES -> TOO_MANY_REQUESTS;
            case CODES_OFF -> CODES_OFF;
            default -> AUTHENTICATION_FAILED;
        };
    }

    /** How a refused binding, renaming or deletion is answered. */
    static Problem ofChange(Rejection reason) {
        return switch (reason) {
            case MALFORMED -> INVALID_REQUEST;
            case CEREMONY_UNKNOWN, CEREMONY_SPENT -> CEREMONY_EXPIRED;
            case PASSKEYS_OFF -> PASSKEYS_OFF;
            case CONFIRMATION_REQUIRED -> CONFIRMATION_REQUIRED;
            case TOO_OFTEN -> TOO_MANY_REQUESTS;
            case SESSIONS_ENDED, FIRST_FACTOR -> AUTHENTICATION_REQUIRED;
            case LAST_PASSKEY -> LAST_PASSKEY;
            case CREDENTIAL_UNKNOWN -> NOT_FOUND;
            case NAME -> INVALID_NAME;
            case NAME_TAKEN -> NAME_TAKEN;
            case LIMIT -> LIMIT_REACHED;
            default -> REGISTRATION_FAILED;
        };
    }
}
