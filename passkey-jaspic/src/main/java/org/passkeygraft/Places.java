package org.passkeygraft;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Bounds how many threads do at the same time what may take long, or wait for it. A thread that finds no place is refused
 * soon, so that passkeys and the application keep threads however much of that work comes in (T-124). Thread-safe.
 */
public final class Places {
    private final Semaphore free;
    private final Duration patience;
    private final String refusal;

    /**
     * Makes as many places.
     *
     * @param places at least 1
     * @param patience how long a thread waits for a place; zero if not at all
     * @param refusal what the exception says
     */
    public Places(int places, Duration patience, String refusal) {
        this.free = new Semaphore(places, true);
        this.patience = patience;
        this.refusal = refusal;
    }

    /** A place that is taken, until it is closed. Closing it again does nothing. */
    @FunctionalInterface
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place.
     *
     * @throws UnavailableException if none is free in time, or the thread is interrupted
     */
    public Place take() {
        acquire();
        AtomicBoolean taken = new AtomicBoolean(true);
        return () -> {
            if (taken.getAndSet(false)) {
                free.release();
            }
        };
    }

    /**
     * Does the work at a place.
     *
     * @throws UnavailableException as {@link #take}, and then nothing was done
     */
    public <T> T within(Supplier<T> work) {
        Place place = take();
        try {
            return work.get();
        } finally {
            place.close();
        }
    }

    private void acquire() {
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw UnavailableException.busy(refusal);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(refusal, stopped);
        }
    }
}
