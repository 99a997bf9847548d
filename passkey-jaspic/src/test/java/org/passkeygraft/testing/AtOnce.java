package org.passkeygraft.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many who do something in the same moment. */
public final class AtOnce {
    private AtOnce() {}

    /** Does the work on so many threads, all of which begin together, and gives what each of them got. */
    public static <T> List<T> run(int threads, IntFunction<T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch ready = new CountDownLatch(threads);
        try {
            List<Future<T>> results = IntStream.range(0, threads)
                    .mapToObj(index -> pool.submit((Callable<T>) () -> {
                        ready.countDown();
                        ready.await();
                        return work.apply(index);
                    }))
                    .toList();
            return results.stream().map(AtOnce::get).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T get(Future<T> result) {
        try {
            return result.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }
}
