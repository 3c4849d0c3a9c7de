package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pushers that share blobs go on while collections run without a pause, each knowing what of its own has to be there. Time only
 * goes on between two pushes, so that no push takes longer than the grace. More steps by {@code -Dberth.model.steps}, other
 * ones by {@code -Dberth.model.seed}.
 */
class CollectorModelTest {

    private static final int STEPS = Integer.getInteger("berth.model.steps", 1500);
    private static final long SEED = Long.getLong("berth.model.seed", System.nanoTime());
    private static final int STEPS_BETWEEN_TICKS = 10;
    private static final int PUSHERS = 4;
    private static final List<String> REPOSITORIES = List.of("a", "b", "a/c", "d/e");
    private static final Duration GRACE = Duration.ofHours(1);

    private final SteppedClock clock = new SteppedClock();

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void nothingThatIsNeededGoesFromMemory() throws Exception {
        run(new MemoryStorage(clock), STEPS);
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void nothingThatIsNeededGoesFromFiles(@TempDir Path directory) throws Exception {
        try (Storage storage = FileStorage.open(directory, Durability.FAST)) {
            // What is on disk has the times of the disk.
            clock.advance(Duration.between(clock.instant(), Instant.now()));
            run(storage, STEPS / 10);
        }
    }

    private void run(Storage storage, int steps) throws Exception {
        StoredRegistry registry =
                new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));
        CollectionOptions options = CollectionOptions.defaults()
                .withGracePeriod(GRACE)
                // Times of files are the disk's, which does not know of our clock.
                .withUploadAge(Duration.ofDays(100_000))
                .withUntaggedOlderThan(Duration.ZERO);
        ReadWriteLock time = new ReentrantReadWriteLock();
        AtomicBoolean going = new AtomicBoolean(true);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Worker> workers = new ArrayList<>();
            List<Future<?>> pushing = new ArrayList<>();
            for (int i = 0; i < PUSHERS; i++) {
                Worker worker = new Worker(registry, i, time, this::tick, steps);
                workers.add(worker);
                pushing.add(threads.submit(worker::run));
            }
            Future<Long> collecting = threads.submit(() -> {
                long removed = 0;
                while (going.get()) {
                    removed += registry.collector(options).collect().blobs();
                }
                return removed;
            });
            for (Future<?> future : pushing) {
                future.get();
            }
            going.set(false);
            long removed = collecting.get(60, TimeUnit.SECONDS);

            assertThat(removed).as("seed " + SEED).isPositive();
            clock.advance(GRACE.multipliedBy(2));
            registry.collector(options).collect();
            Set<Digest> needed = new HashSet<>();
            for (Worker worker : workers) {
                worker.checkAll();
                needed.addAll(worker.needed());
            }
            Set<Digest> kept = new HashSet<>();
            storage.blobs().forEachBlob(blob -> kept.add(blob.digest()));
            assertThat(kept).as("seed " + SEED).isEqualTo(needed);
        } finally {
            going.set(false);
            threads.shutdownNow();
        }
    }

    /** Time goes on, and all that was young is old. */
    private void tick() {
        clock.advance(GRACE.plusSeconds(1));
    }

    /** Pushes, moves, deletes and pulls tags of its own, of images whose blobs it shares with the others. */
    private static final class Worker {

        private final StoredRegistry registry;
        private final Pusher pusher;
        private final int number;
        private final ReadWriteLock time;
        private final Runnable tick;
        private final int steps;
        private final Random random;
        private final Map<String, Manifest> mine = new HashMap<>();
        private int pushes;

        Worker(StoredRegistry registry, int number, ReadWriteLock time, Runnable tick, int steps) {
            this.registry = registry;
            this.pusher = new Pusher(registry);
            this.number = number;
            this.time = time;
            this.tick = tick;
            this.steps = steps;
            this.random = new Random(SEED + number);
        }

        Object run() throws IOException {
            for (int step = 0; step < steps; step++) {
                time.readLock().lock();
                try {
                    step();
                } catch (RegistryException | AssertionError e) {
                    throw new AssertionError("pusher " + number + " at step " + step + " of seed " + SEED, e);
                } finally {
                    time.readLock().unlock();
                }
                if (step % STEPS_BETWEEN_TICKS == 0) {
                    time.writeLock().lock();
                    tick.run();
                    time.writeLock().unlock();
                }
            }
            return this;
        }

        private void step() throws IOException {
            String repository = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
            String tag = "t" + number + "-" + random.nextInt(5);
            String key = repository + ":" + tag;
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> mine.put(key, push(repository, tag));
                case 3 -> {
                    if (mine.remove(key) != null) {
                        registry.deleteTag(new RepositoryName(repository), new Tag(tag));
                    }
                }
                case 4 -> {
                    Manifest manifest = mine.get(key);
                    if (manifest != null) {
                        registry.deleteManifest(new RepositoryName(repository), manifest.digest());
                        mine.remove(key);
                    }
                }
                default -> {
                    if (mine.containsKey(key)) {
                        check(key, mine.get(key));
                    }
                }
            }
        }

        private Manifest push(String repository, String tag) throws IOException {
            String[] blobs = new String[1 + random.nextInt(4)];
            for (int i = 0; i < blobs.length; i++) {
                blobs[i] = "blob " + random.nextInt(30);
                String from = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
                if (random.nextBoolean() || !pusher.mount(repository, blobs[i], from)) {
                    pusher.blob(repository, blobs[i]);
                }
            }
            String note = number + "." + pushes++;
            if (random.nextInt(4) > 0) {
                return pusher.image(repository, List.of(tag), note, blobs);
            }
            Manifest child = pusher.image(repository, List.of(), note, blobs);
            return pusher.index(repository, List.of(tag), child);
        }

        void checkAll() throws IOException {
            for (Map.Entry<String, Manifest> entry : mine.entrySet()) {
                check(entry.getKey(), entry.getValue());
            }
        }

        private void check(String key, Manifest expected) throws IOException {
            RepositoryName repository = new RepositoryName(key.substring(0, key.indexOf(':')));
            Tag tag = new Tag(key.substring(key.indexOf(':') + 1));
            Manifest found = registry.manifest(repository, tag)
                    .orElseThrow(() -> new AssertionError(key + " is not there any more"));
            assertThat(found.digest()).isEqualTo(expected.digest());
            checkContent(repository, found);
        }

        private void checkContent(RepositoryName repository, Manifest manifest) throws IOException {
            for (Descriptor child : manifest.manifests()) {
                checkContent(
                        repository,
                        registry.manifest(repository, child.digest())
                                .orElseThrow(() -> new AssertionError("an index lacks " + child.digest())));
            }
            for (Descriptor descriptor : manifest.requiredBlobs()) {
                Blob blob = registry.blob(repository, descriptor.digest())
                        .orElseThrow(() -> new AssertionError("an image lacks " + descriptor.digest()));
                try (BlobContent content = blob.open()) {
                    assertThat(content.size()).isEqualTo(descriptor.size());
                }
            }
        }

        Set<Digest> needed() throws IOException {
            Set<Digest> needed = new HashSet<>();
            for (Map.Entry<String, Manifest> entry : mine.entrySet()) {
                RepositoryName repository = new RepositoryName(
                        entry.getKey().substring(0, entry.getKey().indexOf(':')));
                add(repository, entry.getValue(), needed);
            }
            return needed;
        }

        private void add(RepositoryName repository, Manifest manifest, Set<Digest> needed) throws IOException {
            needed.add(manifest.digest());
            manifest.requiredBlobs().forEach(blob -> needed.add(blob.digest()));
            for (Descriptor child : manifest.manifests()) {
                add(repository, registry.manifest(repository, child.digest()).orElseThrow(), needed);
            }
        }
    }
}
