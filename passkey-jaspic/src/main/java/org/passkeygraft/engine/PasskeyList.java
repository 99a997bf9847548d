package org.passkeygraft.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.UserHandle;

/**
 * An account's passkeys.
 *
 * @param handle null while the account never began to bind one
 * @param passkeys oldest first
 * @param maximum how many the account may have
 */
public record PasskeyList(@Nullable UserHandle handle, List<CredentialRecord> passkeys, int maximum) {
    public PasskeyList {
        passkeys = List.copyOf(passkeys);
    }

    /** Returns whether the account has as many passkeys as it may have. */
    public boolean isFull() {
        return passkeys.size() >= maximum;
    }

    public Optional<UserHandle> userHandle() {
        return Optional.ofNullable(handle);
    }

    public Optional<CredentialRecord> find(String key) {
        return passkeys.stream()
                .filter(passkey -> passkey.id().key().equals(key))
                .findFirst();
    }
}
