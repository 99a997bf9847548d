package org.passkeygraft.engine;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** How often something took how long. Without a lock; for any thread. */
final class Histogram {
    private static final double NANOS = 1e9;

    private final double[] bounds;
    private final LongAdder[] counts;
    private final LongAdder nanos = new LongAdder();

    /** @param bounds upper ends of the buckets in seconds, ascending; one without an end follows */
    Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    void record(Duration time) {
        double seconds = time.toNanos() / NANOS;
        int bucket =
                (int) DoubleStream.of(bounds).filter(bound -> bound < seconds).count();
        counts[bucket].increment();
        nanos.add(time.toNanos());
    }

    int buckets() {
        return counts.length;
    }

    /** The upper end of a bucket as the text formats write it. */
    String bound(int bucket) {
        return bucket < bounds.length ? Double.toString(bounds[bucket]) : "+Inf";
    }

    /** How many took at most as long as this bucket says. */
    long upTo(int bucket) {
        return Stream.of(counts).limit(bucket + 1L).mapToLong(LongAdder::sum).sum();
    }

    long count() {
        return upTo(bounds.length);
    }

    double seconds() {
        return nanos.sum() / NANOS;
    }
}
