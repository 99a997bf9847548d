package org.passkeygraft.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One failure more under one counter.
 *
 * @param before what was found, expired or not; null if nothing was
 * @param after what stands there with it, unless others are counted in the same moment
 * @param startsAnew whether there is no count to add to: none was found, or it has expired
 * @param limit below this count, others may be counted in the same moment; from it on, each try must have seen all others
 * @param latestExpiry when the count that this failure belongs to has ended for sure
 */
public record FailureCount(
        @Nullable Failures before, Failures after, boolean startsAnew, int limit, Instant latestExpiry) {
    /** Returns the time since when tries were let through, had this one not been. */
    Instant openedAt() {
        return before == null ? Instant.EPOCH : before.opensAt();
    }

    boolean isAtLimit() {
        return after.count() >= limit;
    }
}
