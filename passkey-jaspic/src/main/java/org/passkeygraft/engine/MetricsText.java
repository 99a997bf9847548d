package org.passkeygraft.engine;

import java.util.Map;

/**
 * Writes metrics as text: OpenMetrics 1.0, or Prometheus' older text format, which names counters otherwise and has no end.
 * Names and labels are our own words, so nothing needs an escape.
 */
final class MetricsText {
    private final StringBuilder text = new StringBuilder();
    private final boolean open;

    MetricsText(boolean open) {
        this.open = open;
    }

    void counter(String name, String help, long value) {
        describe(name, help);
        sample(name + "_total", "", Long.toString(value));
    }

    void counter(String name, String help, String label, Map<String, Long> values) {
        describe(name, help);
        values.forEach(
                (value, count) -> sample(name + "_total", "{" + label + "=\"" + value + "\"}", Long.toString(count)));
    }

    private void describe(String name, String help) {
        describe(open ? name : name + "_total", "counter", help);
    }

    void histogram(String name, String help, Histogram histogram) {
        describe(name, "histogram", help);
        for (int bucket = 0; bucket < histogram.buckets(); bucket++) {
            sample(name + "_bucket", "{le=\"" + histogram.bound(bucket) + "\"}", Long.toString(histogram.upTo(bucket)));
        }
        sample(name + "_sum", "", Double.toString(histogram.seconds()));
        sample(name + "_count", "", Long.toString(histogram.count()));
    }

    private void describe(String family, String type, String help) {
        text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
        text.append("# HELP ").append(family).append(' ').append(help).append('\n');
    }

    private void sample(String name, String labels, String value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
    }

    String end() {
        return open ? text + "# EOF\n" : text.toString();
    }
}
