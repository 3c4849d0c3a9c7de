package dev.berth.registry.jetty;

import java.time.Duration;
import java.util.Optional;

/**
 * How those who look after a server get at it.
 *
 * @param host where the management listens; empty if it is on the port of the registry, and says but yes or no
 * @param port its port
 * @param metricsPath where metrics are; empty for nowhere
 * @param interval how long what a check found is good
 * @param threshold how many times in a row a check fails before that counts
 */
record Management(Optional<String> host, int port, Optional<String> metricsPath, Duration interval, int threshold) {

    static Management onThePortOfTheRegistry() {
        return new Management(Optional.empty(), 0, Optional.empty(), Duration.ofSeconds(10), 1);
    }

    Management at(String newHost, int newPort) {
        return new Management(Optional.of(newHost), newPort, metricsPath, interval, threshold);
    }

    Management withMetrics(String path) {
        return new Management(host, port, Optional.of(path), interval, threshold);
    }

    Management withHealth(Duration newInterval, int newThreshold) {
        return new Management(host, port, metricsPath, newInterval, newThreshold);
    }
}
