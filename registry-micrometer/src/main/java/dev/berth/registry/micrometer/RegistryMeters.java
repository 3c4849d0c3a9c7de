package dev.berth.registry.micrometer;

import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.RegistryEvent.Collected;
import dev.berth.registry.event.Subscription;
import dev.berth.registry.event.webhook.WebhookStatus;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.registry.health.Health;
import dev.berth.registry.storage.StorageSpace;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Has what a registry consists of tell an application's meters. Each is looked at when somebody reads its meter. {@link
 * RequestMeters} does the same for requests.
 *
 * <pre>{@code
 * RegistryServer server = RegistryServer.builder().filter(new RequestMeters(meters)).start();
 * RegistryMeters registry = new RegistryMeters(meters);
 * registry.collections(server.events());
 * registry.health(server.health());
 * }</pre>
 */
public final class RegistryMeters {

    private static final int BACKLOG = 100;

    private final MeterRegistry meters;

    /** For these meters. */
    public RegistryMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Tells of collections of garbage: {@code registry.collections}, a timer, {@code registry.collections.removed}, a counter by
     * {@code kind}, and {@code registry.collections.freed}, a counter of bytes.
     *
     * @return what ends it
     */
    public Subscription collections(Events events) {
        Timer timer = meters.timer("registry.collections");
        return events.subscribe(
                event -> {
                    Collected collected = (Collected) event;
                    timer.record(collected.took());
                    meters.counter("registry.collections.removed", "kind", "manifest")
                            .increment((double) collected.manifests());
                    meters.counter("registry.collections.removed", "kind", "blob")
                            .increment((double) collected.blobs());
                    meters.counter("registry.collections.removed", "kind", "upload")
                            .increment((double) collected.uploads());
                    meters.counter("registry.collections.freed").increment((double) collected.bytes());
                },
                BACKLOG,
                Collected.class::isInstance);
    }

    /**
     * Tells of webhooks, by {@code endpoint}: {@code registry.webhooks.sent}, {@code .failed} and {@code .dropped}, counters, and
     * {@code registry.webhooks.queued} and {@code registry.webhooks.oldest} (seconds), gauges.
     */
    public void webhooks(Webhooks webhooks) {
        for (WebhookStatus status : webhooks.status()) {
            String name = status.endpoint();
            counter("registry.webhooks.sent", webhooks, name, WebhookStatus::sent);
            counter("registry.webhooks.failed", webhooks, name, WebhookStatus::failed);
            counter("registry.webhooks.dropped", webhooks, name, WebhookStatus::dropped);
            gauge("registry.webhooks.queued", webhooks, name, WebhookStatus::queued);
            gauge("registry.webhooks.oldest", webhooks, name, RegistryMeters::age);
        }
    }

    private void counter(String meter, Webhooks webhooks, String endpoint, ToLongFunction<WebhookStatus> value) {
        FunctionCounter.builder(meter, webhooks, w -> value(w, endpoint, value::applyAsLong))
                .tag("endpoint", endpoint)
                .register(meters);
    }

    private void gauge(String meter, Webhooks webhooks, String endpoint, ToDoubleFunction<WebhookStatus> value) {
        Gauge.builder(meter, webhooks, w -> value(w, endpoint, value))
                .tag("endpoint", endpoint)
                .register(meters);
    }

    private static double value(Webhooks webhooks, String endpoint, ToDoubleFunction<WebhookStatus> value) {
        return webhooks.status().stream()
                .filter(status -> status.endpoint().equals(endpoint))
                .mapToDouble(value)
                .findFirst()
                .orElse(0);
    }

    private static double age(WebhookStatus status) {
        return status.oldest()
                .map(time -> Math.max(0, Duration.between(time, Instant.now()).toMillis() / 1e3))
                .orElse(0.0);
    }

    /**
     * Tells how full a storage is, {@code registry.storage.total} and {@code registry.storage.usable}, gauges of bytes, and how
     * useful the cache of manifests, {@code registry.cache.requests} and {@code registry.cache.hits}, counters.
     */
    public void storage(StoredRegistry registry) {
        Gauge.builder("registry.storage.total", registry, r -> space(r, StorageSpace::total))
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("registry.storage.usable", registry, r -> space(r, StorageSpace::usable))
                .baseUnit("bytes")
                .register(meters);
        FunctionCounter.builder(
                        "registry.cache.requests",
                        registry,
                        r -> r.cacheStatistics().requests())
                .register(meters);
        FunctionCounter.builder(
                        "registry.cache.hits",
                        registry,
                        r -> r.cacheStatistics().hits())
                .register(meters);
    }

    private static double space(StoredRegistry registry, ToLongFunction<StorageSpace> value) {
        try {
            Optional<StorageSpace> space = registry.storage().space();
            return space.isPresent() ? value.applyAsLong(space.get()) : Double.NaN;
        } catch (IOException e) {
            // As every gauge says that it does not know.
            return Double.NaN;
        }
    }

    /** Tells whether the registry is well: {@code registry.up}, a gauge of 1 and 0. */
    public void health(Health health) {
        Gauge.builder("registry.up", health, h -> h.report().isUp() ? 1 : 0).register(meters);
    }
}
