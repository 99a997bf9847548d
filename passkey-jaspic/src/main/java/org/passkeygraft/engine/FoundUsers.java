package org.passkeygraft.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.UserHandle;

/**
 * What a search found.
 *
 * @param more whether there are users beyond these
 * @param stranger the account that has exactly the name typed and never had to do with passkeys; null if there is none
 */
public record FoundUsers(
        List<User> users, boolean more, @Nullable Account stranger) {
    public FoundUsers {
        users = List.copyOf(users);
    }

    public Optional<Account> neverSeen() {
        return Optional.ofNullable(stranger);
    }

    /**
     * One of them.
     *
     * @param quarantined another account has got the name since
     * @param lastUsedAt when a passkey was last used, null for never
     */
    public record User(
            UserHandle handle,
            Account account,
            boolean quarantined,
            int passkeys,
            @Nullable Instant lastUsedAt) {}
}
