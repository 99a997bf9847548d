package org.passkeygraft.store;

import java.time.Instant;
import org.passkeygraft.Account;

/**
 * A right that a browser was given, to be used once. The browser holds 256 random bits and the database their digest: who
 * can read the database, sealing keys included, cannot use it (T-120).
 *
 * @param id base64url SHA-256 of what the browser holds
 * @param epoch the account's generation of sessions when it was given
 * @param detail what its kind needs, at most 255 characters, possibly empty
 */
public record Grant(
        String id, GrantKind kind, Account account, long epoch, String detail, Instant issuedAt, Instant expiresAt) {}
