package org.passkeygraft.accounts;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * Reads how long a processor has worked for this thread, in nanoseconds. Unlike the time of day it does not grow while
 * other threads have the processor, so it measures the same work alike on an idle and on a busy machine.
 */
final class ProcessorTime implements LongSupplier {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public long getAsLong() {
        try {
            long time = threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : -1;
            return time < 0 ? System.nanoTime() : time;
        } catch (UnsupportedOperationException virtualThread) {
            return System.nanoTime();
        }
    }
}
