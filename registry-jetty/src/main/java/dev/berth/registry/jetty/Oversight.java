package dev.berth.registry.jetty;

import dev.berth.registry.event.EventListener;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.registry.health.Health;
import dev.berth.registry.health.HealthCheck;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.management.HealthFilter;
import dev.berth.registry.http.management.ManagementHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What those who look after a server get to see of it.
 *
 * @param management how they get at it
 * @param health whether the server can do what it is there for
 * @param metrics what is counted; empty for nothing
 */
record Oversight(Management management, Health health, Optional<ServerMetrics> metrics) {

    /**
     * Prepares it.
     *
     * @throws IllegalStateException if there are to be metrics, and nowhere to show them
     */
    static Oversight of(
            Management management, LayerStack layers, List<HealthCheck> checks, Optional<Webhooks> webhooks) {
        if (management.metricsPath().isPresent() && management.host().isEmpty()) {
            throw new IllegalStateException(
                    "Metrics are not for everybody: say management(port), where they are to be shown");
        }
        Health health = new Health(
                Checks.of(layers.innermost(), layers.isReadOnlyForever(), checks),
                layers::isReadOnly,
                management.interval(),
                management.threshold());
        Optional<ServerMetrics> metrics =
                management.metricsPath().map(path -> ServerMetrics.of(layers.innermost(), webhooks));
        return new Oversight(management, health, metrics);
    }

    /** Listens where the management has a port of its own. */
    Optional<Listener> listen(Duration idleTimeout) throws IOException {
        if (management.host().isEmpty()) {
            return Optional.empty();
        }
        ManagementHandler handler = new ManagementHandler(
                health,
                management.metricsPath(),
                () -> metrics.map(ServerMetrics::text).orElse(""));
        return Optional.of(Listener.start(
                management.host().get(),
                management.port(),
                Optional.empty(),
                handler,
                () -> false,
                Duration.ZERO,
                idleTimeout));
    }

    /** What stands in front of everything on the port of the registry, the outermost first. */
    List<HttpFilter> filters() {
        List<HttpFilter> filters = new ArrayList<>();
        if (management.host().isEmpty()) {
            filters.add(new HealthFilter(health));
        }
        metrics.ifPresent(counted -> filters.add(counted.requests()));
        return filters;
    }

    /** What is told of the upkeep, counts it, and tells others. */
    EventListener counting(Events told) {
        return event -> {
            metrics.ifPresent(counted -> counted.collections().on(event));
            told.publish(event);
        };
    }
}
