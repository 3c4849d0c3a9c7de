package dev.berth.registry.jetty;

import dev.berth.registry.engine.CacheStatistics;
import dev.berth.registry.engine.ContentCount;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.http.metrics.MetricSource;
import dev.berth.registry.http.metrics.PrometheusText;
import dev.berth.registry.storage.StorageSpace;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how full a storage is. To count what is in it takes a look at every blob; that is done once an hour at most, when
 * somebody asks, by a thread of its own, and what was counted last is told.
 */
final class StorageMetrics implements MetricSource {

    private static final Logger LOG = LoggerFactory.getLogger(StorageMetrics.class);
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private final StoredRegistry registry;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Optional<Count> last = Optional.empty();

    private record Count(ContentCount usage, long nanos) {}

    StorageMetrics(StoredRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void writeTo(PrometheusText text) {
        CacheStatistics cache = registry.cacheStatistics();
        text.counter("registry_storage_cache_requests_total", "Manifests that were looked for in the cache.")
                .sample("registry_storage_cache_requests_total", cache.requests());
        text.counter("registry_storage_cache_hits_total", "Manifests that were found there.")
                .sample("registry_storage_cache_hits_total", cache.hits());
        space().ifPresent(space -> {
            text.gauge("registry_storage_total_bytes", "The size of the file system that content is kept in.")
                    .sample("registry_storage_total_bytes", space.total());
            text.gauge("registry_storage_usable_bytes", "How many more bytes it can take.")
                    .sample("registry_storage_usable_bytes", space.usable());
        });
        Optional<Count> known = last;
        if (known.isEmpty() || System.nanoTime() - known.get().nanos() > GOOD_FOR.toNanos()) {
            count();
        }
        known.map(Count::usage).ifPresent(usage -> {
            text.gauge("registry_storage_blobs", "Blobs and manifests, counted at some time in the last hours.")
                    .sample("registry_storage_blobs", usage.blobs());
            text.gauge("registry_storage_content_bytes", "Their bytes.")
                    .sample("registry_storage_content_bytes", usage.bytes());
            text.gauge("registry_storage_uploads", "Upload sessions that had not ended then.")
                    .sample("registry_storage_uploads", usage.uploads());
        });
    }

    private Optional<StorageSpace> space() {
        try {
            return registry.storage().space();
        } catch (IOException e) {
            LOG.debug("The size of the storage is not known", e);
            return Optional.empty();
        }
    }

    private void count() {
        if (counting.compareAndSet(false, true)) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            last = Optional.of(new Count(registry.contentCount(), System.nanoTime()));
                        } catch (IOException | RuntimeException e) {
                            LOG.debug("What is in the storage could not be counted", e);
                        } finally {
                            counting.set(false);
                        }
                    },
                    "berth-usage");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
