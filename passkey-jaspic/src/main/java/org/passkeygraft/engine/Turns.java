package org.passkeygraft.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.UnavailableException;

/**
 * Lets threads that wait for the same thing look at it again and again, one thread at a time and in the order in which they
 * came, for a bounded time. Thread-safe.
 */
final class Turns {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Duration longest;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** @param longest how long a thread waits at most, its turn and its looks together */
    Turns(Duration longest) {
        this.longest = longest;
    }

    /**
     * Waits for the turn, then looks until there is a result.
     *
     * @return empty if there was none in time
     * @throws UnavailableException if the thread is interrupted
     */
    <T> Optional<T> await(String subject, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + longest.toNanos();
        Line line = lines.compute(subject, (key, known) -> Line.entered(known));
        try {
            return await(line.turn(), deadline, look);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the server stops", stopped);
        } finally {
            lines.computeIfPresent(subject, (key, known) -> known.left());
        }
    }

    private static <T> Optional<T> await(ReentrantLock turn, long deadline, Supplier<Optional<T>> look)
            throws InterruptedException {
        if (!turn.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        try {
            Optional<T> result = look.get();
            while (result.isEmpty() && System.nanoTime() - deadline < 0) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
                result = look.get();
            }
            return result;
        } finally {
            turn.unlock();
        }
    }

    /**
     * The threads that wait for one thing.
     *
     * @param turn whose turn it is
     * @param threads how many there are, at least 1
     */
    private record Line(ReentrantLock turn, int threads) {
        static Line entered(@Nullable Line before) {
            return before == null ? new Line(new ReentrantLock(true), 1) : new Line(before.turn, before.threads + 1);
        }

        @Nullable Line left() {
            return threads == 1 ? null : new Line(turn, threads - 1);
        }
    }
}
