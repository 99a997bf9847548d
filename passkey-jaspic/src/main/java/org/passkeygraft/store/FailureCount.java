package org.passkeygraft.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One failure more under one counter.
 *
 * @param before what was found, expired or not; null if nothing was
 * @param after what stands there with it
 */
public record FailureCount(@Nullable Failures before, Failures after) {
    /** Since when tries were let through, had this one not been. */
    Instant openedAt() {
        return before == null ? Instant.EPOCH : before.opensAt();
    }
}
