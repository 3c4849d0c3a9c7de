package dev.berth.registry.jetty;

import dev.berth.registry.engine.CollectionListener;
import dev.berth.registry.engine.CollectionReport;
import dev.berth.registry.engine.Collector;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes garbage every now and then, on a thread of its own, as long as a server runs. */
final class ScheduledCollections implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledCollections.class);
    private static final long LONGEST_END = 10;

    private final Collector collector;
    private final ScheduledExecutorService thread;
    private volatile boolean closed;

    private ScheduledCollections(Collector collector) {
        this.collector = collector;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "berth-collector");
            made.setDaemon(true);
            return made;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whatever goes wrong in a collection, it says itself.
    static ScheduledCollections start(Collector collector, Duration every) {
        ScheduledCollections collections = new ScheduledCollections(collector);
        long millis = every.toMillis();
        collections.thread.scheduleWithFixedDelay(collections::collect, millis, millis, TimeUnit.MILLISECONDS);
        return collections;
    }

    private void collect() {
        try {
            CollectionReport report = collector.collect(CollectionListener.none(), () -> closed);
            LOG.info(
                    "{} bytes of garbage removed: {} blobs and manifests, from {} repositories",
                    report.bytes(),
                    report.blobs(),
                    report.repositories().size());
            report.obstacles().forEach(LOG::warn);
        } catch (IOException | RuntimeException e) {
            // The next one may fare better; a schedule ends with the first failure that it sees.
            LOG.warn("The garbage could not be removed", e);
        }
    }

    /** Ends what goes on, at its next step. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_END, TimeUnit.SECONDS)) {
                LOG.warn("The collection of garbage has not ended in {} s", LONGEST_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
