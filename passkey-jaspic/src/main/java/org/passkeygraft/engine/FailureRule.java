package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.store.FailureCount;
import org.passkeygraft.store.Failures;

/**
 * What a failure costs: nothing for the first few, then a wait.
 *
 * @param free how many failures pass before the next try has to wait
 * @param window until failures are forgotten
 * @param growing whether each failure more doubles the wait, from a second to a minute, and begins the window anew; else
 *     the wait is the rest of the window
 */
record FailureRule(int free, Duration window, boolean growing) {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int LONGEST_EXPONENT = 6;

    /** Returns the count of one failure more, found whatever was found before. */
    FailureCount count(String id, @Nullable Failures before, Instant now) {
        boolean startsAnew = before == null || !before.isCurrent(now);
        Failures after = another(id, before, now);
        Instant latestExpiry = growing ? after.expiresAt().plus(window) : after.expiresAt();
        return new FailureCount(before, after, startsAnew, free, latestExpiry);
    }

    /** Returns what stands under a counter after one failure more. */
    Failures another(String id, @Nullable Failures before, Instant now) {
        Failures current = before != null && before.isCurrent(now) ? before : null;
        int count = current == null ? 1 : current.count() + 1;
        int undecided = current == null ? 1 : current.undecided() + 1;
        Instant expiresAt = current == null || growing ? now.plus(window) : current.expiresAt();
        if (count < free) {
            return new Failures(id, count, undecided, now, expiresAt);
        }
        Instant opensAt = growing ? now.plus(wait(count - free)) : expiresAt;
        return new Failures(id, count, undecided, opensAt, later(opensAt, expiresAt));
    }

    /** Returns how long the next try has to wait; empty if not at all. */
    Optional<Duration> delay(@Nullable Failures failures, Instant now) {
        return Optional.ofNullable(failures)
                .filter(known -> known.isCurrent(now) && known.count() >= free)
                .map(known -> Duration.between(now, known.opensAt()))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    /** Returns whether the next try need not wait if those that are being checked now turn out right. */
    boolean mayOpen(Failures failures) {
        return failures.count() - failures.undecided() < free;
    }

    private static Duration wait(int exponent) {
        return exponent >= LONGEST_EXPONENT ? LONGEST_WAIT : Duration.ofSeconds(1L << exponent);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
