package dev.berth.registry.jetty;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.CollectionListener;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.CollectionReport;
import dev.berth.registry.engine.Retention;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.EventListener;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.jetty.Upkeep.Chore;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.retention.RetentionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server does to keep a registry in order. Each says in the log what it has done. */
final class Chores {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration NOTES = Duration.ofMinutes(1);

    /** Who events say it was. */
    static final String RETENTION = "retention";

    private Chores() {}

    /** How a chore comes from the registry over the storage, and the one with layers that was there when it was asked for, which tells what is done. */
    interface Maker {
        List<Chore> make(StoredRegistry stored, Registry layered, EventListener listener);
    }

    static Maker collect(Duration every, CollectionOptions options) {
        return (stored, layered, listener) -> List.of(new Chore("The removal of garbage", every, false, cancelled -> {
            long start = System.nanoTime();
            CollectionReport report = stored.collector(options).collect(CollectionListener.none(), cancelled);
            LOG.info(
                    "{} bytes of garbage removed: {} blobs and manifests, from {} repositories",
                    report.bytes(),
                    report.blobs(),
                    report.repositories().size());
            report.obstacles().forEach(LOG::warn);
            tell(report, start, listener);
        }));
    }

    static Maker purge(Duration every, Duration age, boolean dryRun) {
        CollectionOptions options = CollectionOptions.defaults().withUploadAge(age);
        return (stored, layered, listener) -> List.of(new Chore("The removal of uploads", every, false, cancelled -> {
            long start = System.nanoTime();
            CollectionReport report =
                    stored.collector(options).collectUploads(CollectionListener.none(), cancelled, dryRun);
            LOG.info(
                    "{} abandoned uploads of {} bytes {}",
                    report.total().uploads(),
                    report.total().uploadBytes(),
                    dryRun ? "would be removed" : "removed");
            tell(report, start, listener);
        }));
    }

    private static void tell(CollectionReport report, long start, EventListener listener) {
        if (!report.dryRun()) {
            listener.on(report.event(Instant.now(), Duration.ofNanos(System.nanoTime() - start)));
        }
    }

    /** Tags are told of by the registry that they are deleted through. */
    private static void tell(RetentionDecision decision, EventListener listener) {
        if (decision instanceof RetentionDecision.OfManifest) {
            listener.on(new RegistryEvent.ManifestDeleted(
                    Instant.now(), Origin.of(RETENTION), decision.repository(), decision.digest()));
        }
    }

    static Maker retain(Duration every, Function<StoredRegistry, Retention> retention) {
        return (stored, layered, listener) -> List.of(
                new Chore("Retention", every, false, cancelled -> {
                    RetentionReport report = retention
                            .apply(stored)
                            .run(
                                    layered,
                                    decision -> {
                                        if (!decision.keeps()) {
                                            LOG.info("{}", decision);
                                            tell(decision, listener);
                                        }
                                    },
                                    cancelled);
                    LOG.info("Retention: {}", report.total());
                    report.obstacles().forEach(LOG::warn);
                }),
                new Chore(
                        "The notes of what is used",
                        NOTES,
                        true,
                        cancelled -> stored.lastUses().flush()));
    }
}
