package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CollectionListener;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.retention.RetentionListener;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In what order manifests are deleted: whenever that is cut short, or somebody pushes meanwhile, nothing that is left lacks anything. */
@Timeout(120)
class RetentionOrderTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final String REVISIONS = "repositories/team/app/_manifests/revisions/sha256";
    private static final RetentionPolicy UNTAGGED = RetentionPolicy.builder()
            .in("**", all -> all.deleteUntaggedAfter(Duration.ZERO))
            .build();

    private final SteppedClock clock = new SteppedClock();

    /** What deletes manifests that nothing keeps. */
    private interface Deletion {
        void run(StoredRegistry registry) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whereverRetentionIsCutShortWhatIsLeftIsWhole(long seed) throws Exception {
        assertWholeWhereverItIsCutShort(
                seed, registry -> registry.retention(UNTAGGED).run(registry, RetentionListener.none(), () -> false));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whereverACollectionIsCutShortWhatIsLeftIsWhole(long seed) throws Exception {
        CollectionOptions atOnce =
                CollectionOptions.defaults().withGracePeriod(Duration.ZERO).withUntaggedOlderThan(Duration.ZERO);
        assertWholeWhereverItIsCutShort(
                seed, registry -> registry.collector(atOnce).collect(CollectionListener.none(), () -> false));
    }

    private void assertWholeWhereverItIsCutShort(long seed, Deletion deletion) throws IOException {
        int before = 0;
        for (int steps = 0; ; steps++) {
            MemoryStorage storage = new MemoryStorage(clock);
            List<Manifest> pushed = pushAnything(storage, new Random(seed));
            clock.advance(Duration.ofDays(1));
            int all = revisions(storage).size();

            boolean cutShort = cutShort(storage, steps, deletion);

            List<Digest> left = revisions(storage);
            assertWhole(new StoredRegistry(storage), pushed, left);
            if (!cutShort) {
                assertThat(left).hasSizeLessThan(all);
                assertThat(before).as("manifests deleted one by one").isPositive();
                return;
            }
            before = Math.max(before, all - left.size());
        }
    }

    /** Ends a deletion before it takes another manifest than the first {@code steps}; returns whether there was one. */
    private boolean cutShort(MemoryStorage storage, int steps, Deletion deletion) throws IOException {
        WatchedStorage watched = new WatchedStorage(storage);
        AtomicInteger left = new AtomicInteger(steps);
        watched.at(
                step -> step.startsWith("before delete " + REVISIONS)
                        && step.endsWith("/link")
                        && left.getAndDecrement() == 0,
                () -> {
                    throw new PowerCut();
                });
        try {
            deletion.run(registry(watched));
            return false;
        } catch (PowerCut e) {
            return true;
        }
    }

    /** No failure of a storage, from which a deletion might go on. */
    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Images, indexes and referrers of each other, some with a tag. */
    private List<Manifest> pushAnything(MemoryStorage storage, Random random) throws IOException {
        Pusher pusher = new Pusher(new StoredRegistry(storage));
        pusher.blob("team/app", "config");
        List<Manifest> known = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            List<String> tags = i == 5 || random.nextInt(12) == 0 ? List.of("t" + i) : List.of();
            known.add(
                    switch (known.isEmpty() ? 3 : random.nextInt(4)) {
                        case 0 -> pusher.index("team/app", tags, any(known, random), any(known, random));
                        case 1, 2 -> pusher.referrer("team/app", any(known, random), "config");
                        default -> pusher.image("team/app", tags, "image " + i, "config");
                    });
        }
        return known;
    }

    private static Manifest any(List<Manifest> known, Random random) {
        return known.get(random.nextInt(known.size()));
    }

    private static List<Digest> revisions(MemoryStorage storage) throws IOException {
        return storage.metadata().children(REVISIONS, Optional.empty(), 1000).stream()
                .map(hex -> new Digest(DigestAlgorithm.SHA256, hex))
                .toList();
    }

    /** Indexes have their manifests, tags theirs, and subjects all the referrers that were pushed for them. */
    private static void assertWhole(StoredRegistry registry, List<Manifest> pushed, List<Digest> left)
            throws IOException {
        for (Digest digest : left) {
            Manifest manifest = registry.manifest(APP, digest).orElseThrow();
            for (Descriptor child : manifest.manifests()) {
                assertThat(left).as("what %s names", digest).contains(child.digest());
            }
        }
        for (Manifest referrer : pushed) {
            if (referrer.subject().filter(s -> left.contains(s.digest())).isPresent()) {
                assertThat(left).as("what refers to a subject").contains(referrer.digest());
            }
        }
        for (Tag tag : registry.tags(APP, Optional.empty(), 100).orElseThrow().items()) {
            assertThat(registry.manifest(APP, tag)).as("what %s leads to", tag).isPresent();
        }
    }

    @Test
    void aSubjectThatIsAskedForMeanwhileKeepsItsReferrer() throws Exception {
        MemoryStorage storage = new MemoryStorage(clock);
        StoredRegistry registry = registry(storage);
        Pusher pusher = new Pusher(registry);
        pusher.blob("team/app", "config");
        Manifest image = pusher.image("team/app", List.of(), "image", "config");
        pusher.referrer("team/app", image, "config");
        clock.advance(Duration.ofDays(1));

        // Whoever hears of the first manifest that goes asks for the image.
        boolean[] found = {false};
        registry.retention(UNTAGGED)
                .run(
                        registry,
                        decision -> {
                            clock.advance(Duration.ofSeconds(1));
                            found[0] |= isThere(registry, image);
                        },
                        () -> false);

        assertThat(found[0]).isFalse();
        assertThat(revisions(storage)).isEmpty();
    }

    @Test
    void whatIsPutIntoAnIndexMeanwhileStays() throws Exception {
        MemoryStorage storage = new MemoryStorage(clock);
        StoredRegistry registry = registry(storage);
        Pusher pusher = new Pusher(registry);
        pusher.blob("team/app", "config");
        Manifest child = pusher.image("team/app", List.of(), "child", "config");
        Manifest index = pusher.index("team/app", List.of(), child);
        clock.advance(Duration.ofDays(1));
        List<RetentionDecision> decisions = new ArrayList<>();

        // The index has gone, and its child is the next: what names it by now keeps it.
        registry.retention(UNTAGGED)
                .run(
                        registry,
                        decision -> {
                            if (decisions.isEmpty()) {
                                push(pusher, child);
                            }
                            decisions.add(decision);
                        },
                        () -> false);

        assertThat(decisions.get(0).digest()).isEqualTo(index.digest());
        assertThat(decisions.get(0).keeps()).isFalse();
        assertThat(decisions.get(1).digest()).isEqualTo(child.digest());
        assertThat(decisions.get(1).keeps()).isTrue();
        assertThat(isThere(registry, child)).isTrue();
    }

    @Test
    void anIndexThatComesWhileItsManifestGoesIsRefused() throws Exception {
        WatchedStorage watched = new WatchedStorage(new MemoryStorage(clock));
        StoredRegistry registry = registry(watched);
        Pusher pusher = new Pusher(registry);
        pusher.blob("team/app", "config");
        Manifest child = pusher.image("team/app", List.of(), "child", "config");
        clock.advance(Duration.ofDays(1));
        List<CompletableFuture<Void>> push = new ArrayList<>();

        // From here on it goes, and who pushes has to wait for that.
        watched.at(
                step -> step.startsWith("before delete " + REVISIONS),
                () -> push.add(CompletableFuture.runAsync(() -> push(pusher, child))));
        registry.retention(UNTAGGED).run(registry, RetentionListener.none(), () -> false);

        assertThat(push).hasSize(1);
        assertThatThrownBy(() -> push.get(0).get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(RegistryException.class)
                .cause()
                .hasMessageStartingWith("MANIFEST_BLOB_UNKNOWN");
        assertThat(registry.tags(APP, Optional.empty(), 10)).isEmpty();
    }

    private StoredRegistry registry(Storage storage) {
        return new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));
    }

    private static void push(Pusher pusher, Manifest child) {
        try {
            pusher.index("team/app", List.of("new"), child);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isThere(StoredRegistry registry, Manifest manifest) {
        try {
            return registry.manifest(APP, manifest.digest()).isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
