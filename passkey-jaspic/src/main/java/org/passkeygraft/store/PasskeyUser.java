package org.passkeygraft.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.UserHandle;

/**
 * What the store knows of an account.
 *
 * @param account as the application last spelled it
 * @param epoch generation of its sessions, raised to end all of them
 * @param bindingDeferredUntil until then nobody offers to bind a passkey; null if never put off
 * @param quarantined another account has got the name since: these passkeys log nobody on
 */
public record PasskeyUser(
        UserHandle handle,
        Account account,
        long epoch,
        @Nullable Instant bindingDeferredUntil,
        boolean quarantined) {
    public Optional<Instant> bindingDeferred() {
        return Optional.ofNullable(bindingDeferredUntil);
    }
}
