package org.passkeygraft.sample.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One operation on one server, done so many times a round. */
final class Measurement {
    private final String name;
    private final ServerProcess server;
    private final int operations;
    private final Operation operation;
    private final List<Double> microseconds = new ArrayList<>();

    Measurement(String name, ServerProcess server, int operations, Operation operation) {
        this.name = name;
        this.server = server;
        this.operations = operations;
        this.operation = operation;
    }

    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    void warm(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            operation.run();
        }
    }

    /** One round; the processor time of the server's process alone is counted, without its compiler. */
    void round() throws Exception {
        Duration before = server.cpuWithoutCompiler();
        for (int i = 0; i < operations; i++) {
            operation.run();
        }
        microseconds.add(server.cpuWithoutCompiler().minus(before).toNanos() / 1_000.0 / operations);
    }

    double median() {
        List<Double> sorted = microseconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-44s %8.0f us  (%.0f to %.0f)",
                name,
                median(),
                microseconds.stream().min(Double::compare).orElseThrow(),
                microseconds.stream().max(Double::compare).orElseThrow());
    }
}
