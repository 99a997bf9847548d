package org.passkeygraft.policy;

/**
 * What an administrator can change while the application runs.
 *
 * @param allowed whether passkeys may be used at all
 * @param maximum how many passkeys a user may have, 1 to 100
 * @param offerToBind whether a password logon leads to the page that offers to bind a passkey
 */
public record PasskeyPolicy(boolean allowed, int maximum, boolean offerToBind) {
    public PasskeyPolicy {
        if (maximum < 1 || maximum > 100) {
            throw new IllegalArgumentException("a user has 1 to 100 passkeys, not " + maximum);
        }
    }
}
