package org.passkeygraft.store;

import java.time.Instant;

/**
 * What failed lately under one counter.
 *
 * @param id digest of what is counted, 43 characters: never a name, for people type passwords into the field of the name
 * @param count at least 1, or 0 once the only one was taken back
 * @param undecided how many of them are tries that are still being checked, on whatever server; each may turn out right
 * @param opensAt from then on another try is let through, once the count is at its limit
 * @param expiresAt from then on the count starts anew
 */
public record Failures(String id, int count, int undecided, Instant opensAt, Instant expiresAt) {
    public boolean isCurrent(Instant now) {
        return now.isBefore(expiresAt);
    }
}
