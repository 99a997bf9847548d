package org.passkeygraft.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.policy.PasskeyPolicy;

/**
 * What an account has to log on with, and what the policy says to it, read at one moment.
 *
 * @param user null if the account never had to do with passkeys
 * @param passkeys how many the user has, of any use
 * @param logonPasskeys how many of them log the user on alone
 * @param policy as it is now
 */
public record UserStanding(@Nullable PasskeyUser user, long passkeys, long logonPasskeys, PasskeyPolicy policy) {
    public Optional<PasskeyUser> known() {
        return Optional.ofNullable(user);
    }

    /** The generation of sessions that lives. */
    public long epoch() {
        return known().map(PasskeyUser::epoch).orElse(0L);
    }

    /** Whether there is no passkey, and nobody has put one off until later. */
    public boolean lacksPasskey(Instant now) {
        return passkeys == 0
                && known().map(PasskeyUser::bindingDeferredUntil)
                        .filter(until -> until.isAfter(now))
                        .isEmpty();
    }
}
