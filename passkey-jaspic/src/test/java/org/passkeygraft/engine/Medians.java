package org.passkeygraft.engine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** How long something takes for different names, compared in one run: turn by turn, so that a busy machine slows all alike. */
record Medians(Map<String, Long> nanos) {
    private static final int WARM_UP = 3;

    /** By the processor time of this thread: other processes do not count, and on an idle machine it is the time of day. */
    static Medians ofWork(int rounds, List<String> names, Consumer<String> action) {
        return of(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime, rounds, names, action);
    }

    /** By the time of day, for what this thread waits for. */
    static Medians ofWaiting(int rounds, List<String> names, Consumer<String> action) {
        return of(System::nanoTime, rounds, names, action);
    }

    /** Each is measured so often, after three rounds that do not count. */
    private static Medians of(LongSupplier clock, int rounds, List<String> names, Consumer<String> action) {
        Map<String, List<Long>> times =
                names.stream().collect(Collectors.toMap(Function.identity(), name -> new ArrayList<>()));
        for (int round = 0; round < WARM_UP + rounds; round++) {
            for (String name : names) {
                long started = clock.getAsLong();
                action.accept(name);
                long spent = clock.getAsLong() - started;
                if (round >= WARM_UP) {
                    Objects.requireNonNull(times.get(name)).add(spent);
                }
            }
        }
        return new Medians(times.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> median(entry.getValue()))));
    }

    double ratio(String name, String to) {
        return (double) Objects.requireNonNull(nanos.get(name)) / Objects.requireNonNull(nanos.get(to));
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
