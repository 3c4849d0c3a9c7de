package dev.berth.registry.http.metrics;

import dev.berth.registry.event.EventListener;
import dev.berth.registry.event.RegistryEvent;
import java.util.concurrent.atomic.LongAdder;

/** Counts what collections of garbage have removed: a listener of events. Safe for use by several threads. */
public final class CollectionMetrics implements EventListener, MetricSource {

    private final LongAdder runs = new LongAdder();
    private final LongAdder manifests = new LongAdder();
    private final LongAdder blobs = new LongAdder();
    private final LongAdder uploads = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile long last;

    /** Nothing counted yet. */
    public CollectionMetrics() {}

    @Override
    public void on(RegistryEvent event) {
        if (event instanceof RegistryEvent.Collected collected) {
            runs.increment();
            manifests.add(collected.manifests());
            blobs.add(collected.blobs());
            uploads.add(collected.uploads());
            bytes.add(collected.bytes());
            nanos.add(collected.took().toNanos());
            last = collected.time().getEpochSecond();
        }
    }

    @Override
    public void writeTo(PrometheusText text) {
        text.counter("registry_collections_total", "Collections of garbage that have ended.")
                .sample("registry_collections_total", runs.sum());
        text.counter("registry_collections_removed_total", "What they removed.")
                .sample("registry_collections_removed_total", manifests.sum(), "type", "manifest")
                .sample("registry_collections_removed_total", blobs.sum(), "type", "blob")
                .sample("registry_collections_removed_total", uploads.sum(), "type", "upload");
        text.counter("registry_collections_freed_bytes_total", "How many bytes that freed.")
                .sample("registry_collections_freed_bytes_total", bytes.sum());
        text.counter("registry_collections_seconds_total", "How long they took.")
                .sample("registry_collections_seconds_total", nanos.sum() / 1e9);
        if (last > 0) {
            text.gauge("registry_collections_last_timestamp_seconds", "When the last one ended.")
                    .sample("registry_collections_last_timestamp_seconds", last);
        }
    }
}
