package dev.berth.registry.http.metrics;

/** Something that counts. Safe for use by several threads. */
@FunctionalInterface
public interface MetricSource {

    /** Writes down what it has counted until now. Has to be quick: whoever asks, waits. */
    void writeTo(PrometheusText text);
}
