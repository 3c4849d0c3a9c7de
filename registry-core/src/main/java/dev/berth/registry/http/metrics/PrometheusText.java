package dev.berth.registry.http.metrics;

/** Metrics in the text format of Prometheus, version 0.0.4. Not safe for use by several threads. */
public final class PrometheusText {

    private final StringBuilder text = new StringBuilder(4096);

    /** A text without metrics. */
    public PrometheusText() {}

    /** Begins a counter, which only grows; its name ends in {@code _total}. */
    public PrometheusText counter(String name, String help) {
        return family(name, "counter", help);
    }

    /** Begins a gauge, which goes up and down. */
    public PrometheusText gauge(String name, String help) {
        return family(name, "gauge", help);
    }

    /** Begins a histogram, which has samples called {@code _bucket}, {@code _sum} and {@code _count}. */
    public PrometheusText histogram(String name, String help) {
        return family(name, "histogram", help);
    }

    /** Begins a summary, which has samples called {@code _sum} and {@code _count}. */
    public PrometheusText summary(String name, String help) {
        return family(name, "summary", help);
    }

    private PrometheusText family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** Adds a value. Labels are names and values in turn. */
    public PrometheusText sample(String name, long value, String... labels) {
        return sample(name, Long.toString(value), labels);
    }

    /** Adds a value. Labels are names and values in turn. */
    public PrometheusText sample(String name, double value, String... labels) {
        return sample(name, Double.toString(value), labels);
    }

    private PrometheusText sample(String name, String value, String... labels) {
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            appendEscaped(labels[i + 1]);
            text.append('"');
        }
        text.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
        return this;
    }

    private void appendEscaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    /** All that was written. */
    @Override
    public String toString() {
        return text.toString();
    }
}
