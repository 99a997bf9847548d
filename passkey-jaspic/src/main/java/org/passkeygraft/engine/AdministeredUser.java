package org.passkeygraft.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.UserHandle;

/**
 * Everything an administrator sees of a user; nothing that would let them log on as one.
 *
 * @param quarantined another account has got the name since
 * @param standing what the application says of the account now
 * @param administrator whether the account is an administrator itself
 * @param needsTwo whether one administrator alone may not take the last passkey: the account is an administrator's, or cannot
 *     be used now, so that nobody can tell
 * @param passkeys oldest first
 * @param request the wish for a pass that waits for a second administrator; null if none does
 */
public record AdministeredUser(
        UserHandle handle,
        Account account,
        boolean quarantined,
        AccountState standing,
        boolean administrator,
        boolean needsTwo,
        List<CredentialRecord> passkeys,
        @Nullable ResetRequest request) {
    public AdministeredUser {
        passkeys = List.copyOf(passkeys);
    }

    public Optional<ResetRequest> pendingRequest() {
        return Optional.ofNullable(request);
    }

    /** What the application says of an account. */
    public enum AccountState {
        USABLE,
        /** Locked, disabled or expired. */
        UNUSABLE,
        /** Deleted. */
        UNKNOWN
    }

    /**
     * An administrator's wish.
     *
     * @param id names it when it is approved
     * @param byKey the account key of who asked
     * @param by the name of who asked
     */
    public record ResetRequest(String id, String byKey, String by, Instant expiresAt) {}
}
