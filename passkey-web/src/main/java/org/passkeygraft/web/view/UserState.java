package org.passkeygraft.web.view;

/**
 * What an administrator is told of a user beside the passkeys.
 *
 * @param id the user's name in URLs
 * @param account what the application says of the account: {@code usable}, {@code unusable} or {@code unknown}
 * @param quarantined whether another account has got the name since
 * @param needsTwo whether one administrator alone may not take the last passkey
 * @param own whether it is the administrator's own account, which is changed elsewhere
 * @param passkeysAllowed whether passkeys may be used at all
 */
public record UserState(
        String id,
        String name,
        String account,
        boolean quarantined,
        boolean administrator,
        boolean needsTwo,
        boolean own,
        boolean passkeysAllowed) {
    /** Returns the key of the text about "Revoke all": what it is for, or why it is not offered. */
    public String revokeAllHint() {
        if (!needsTwo) {
            return "user.revoke-all.hint";
        }
        return administrator ? "user.revoke-all.administrator" : "user.revoke-all.unknown";
    }

    /** Whether the user could bind anew. */
    public boolean canBind() {
        return passkeysAllowed && !quarantined && account.equals("usable");
    }
}
