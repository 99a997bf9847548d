package org.passkeygraft.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether to offer somebody a passkey after a password logon.
 *
 * @param user null if the account never had to do with passkeys
 * @param passkeys how many the user has
 */
public record UserStanding(@Nullable PasskeyUser user, long passkeys) {
    public Optional<PasskeyUser> known() {
        return Optional.ofNullable(user);
    }
}
