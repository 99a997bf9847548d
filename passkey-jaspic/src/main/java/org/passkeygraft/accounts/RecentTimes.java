package org.passkeygraft.accounts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Remembers how long the latest checks of one kind took. Thread-safe. */
final class RecentTimes {
    private static final int REMEMBERED = 9;
    /** A server that is slower has other troubles than being asked for names. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Deque<Long> times = new ArrayDeque<>(REMEMBERED);

    synchronized void add(long nanos) {
        if (times.size() == REMEMBERED) {
            times.removeFirst();
        }
        times.addLast(nanos);
    }

    /** Returns the median in nanoseconds, of an even number the lower one: a first check in a cold JVM is slow. Zero if none. */
    synchronized long typical() {
        return times.stream()
                .sorted()
                .skip(Math.max(0, (times.size() - 1) / 2))
                .findFirst()
                .orElse(0L);
    }

    /**
     * Waits until a check that took so long has taken the typical time, one second at most. Returns at once if the thread
     * is interrupted, and leaves it so.
     */
    void await(long spentNanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(typical() - spentNanos, MAX_WAIT_NANOS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
