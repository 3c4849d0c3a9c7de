package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does at the worst moment of a collection, one moment after the other. */
@Timeout(60)
class CollectorInterleavingTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final RepositoryName OTHER = new RepositoryName("z/other");
    private static final Duration LONG = Duration.ofDays(10);

    private final SteppedClock clock = new SteppedClock();
    private final WatchedStorage storage = new WatchedStorage(new MemoryStorage(clock));
    private final StoredRegistry registry =
            new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));
    private final Pusher pusher = new Pusher(registry);
    private final CollectionOptions options = CollectionOptions.defaults().withUntaggedOlderThan(Duration.ZERO);
    private final List<Client<?>> clients = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void aMountFromARepositoryThatLosesTheBlobAtTheMoment(String when) throws Exception {
        pusher.blob("team/app", "layer");
        clock.advance(LONG);

        // The lock of the repository is held; a mount into another one needs none of it.
        collect(
                when + " delete " + layer(APP, "layer"),
                true,
                () -> registry.mountBlob(OTHER, Pusher.digest("layer"), Optional.of(APP)));

        boolean mounted = results().get(0).equals(registry.blob(OTHER, Pusher.digest("layer")));
        assertThat(mounted).isTrue();
        assertThat(registry.blob(OTHER, Pusher.digest("layer")).isPresent()).isEqualTo(when.equals("before"));
        assertThat(registry.blob(APP, Pusher.digest("layer"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"before visit, true", "before delete, false"})
    void aMountOfBytesKeepsThemUnlessTheyAreJustGoing(String moment, boolean kept) throws Exception {
        pusher.blob("team/app", "layer");
        clock.advance(LONG);

        collect(
                moment + " " + Pusher.digest("layer"),
                kept,
                () -> registry.mountBlob(OTHER, Pusher.digest("layer"), Optional.empty()));

        Optional<Blob> mounted = registry.blob(OTHER, Pusher.digest("layer"));
        assertThat(results()).containsExactly(mounted);
        assertThat(mounted.isPresent()).isEqualTo(kept);
        if (kept) {
            mounted.get().open().close();
        }
    }

    /** It has been found to be old, and the lock is not held yet; or it is. */
    @ParameterizedTest
    @CsvSource({"after changedAt, true", "before delete, false"})
    void whoAsksForABlobKeepsItUnlessItIsJustGoing(String moment, boolean kept) throws Exception {
        pusher.blob("team/app", "layer");
        clock.advance(LONG);

        collect(
                moment + " " + layer(APP, "layer"),
                kept,
                () -> registry.blob(APP, Pusher.digest("layer")).isPresent());

        assertThat(results()).containsExactly(kept);
        if (kept) {
            pusher.image("team/app", List.of("1.0"), "", "layer");
        }
        assertThat(registry.blob(APP, Pusher.digest("layer")).isPresent()).isEqualTo(kept);
    }

    @Test
    void aManifestThatComesWhileOthersAreReadKeepsAnOldBlob() throws Exception {
        pusher.blob("team/app", "config");
        pusher.blob("team/app", "layer");
        Manifest read = pusher.image("team/app", List.of("1.0"), "", "config");
        clock.advance(LONG);
        // One that has not been read before, and so reads it from the storage.
        StoredRegistry fresh =
                new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));

        collect(
                fresh,
                "before open " + read.digest(),
                true,
                () -> new Pusher(fresh).image("team/app", List.of("2.0"), "", "config", "layer"));

        assertThat(storage.hasHappened()).isTrue();
        assertThat(fresh.blob(APP, Pusher.digest("layer"))).isPresent();
        assertThat(fresh.manifest(APP, new Tag("2.0"))).isPresent();
    }

    @Test
    void aManifestIsRefusedWhoseBlobIsJustGoing() throws Exception {
        pusher.blob("team/app", "config");
        clock.advance(LONG);

        collect(
                "before delete " + layer(APP, "config"),
                false,
                () -> pusher.image("team/app", List.of("1.0"), "", "config"));

        assertRefused();
        assertThat(registry.manifest(APP, new Tag("1.0"))).isEmpty();
    }

    @Test
    void aManifestThatComesIntoARepositoryThatIsDoneFindsWhatItNeeds() throws Exception {
        pusher.blob("team/app", "config");
        pusher.blob("z/other", "stray");
        clock.advance(LONG.minusHours(1));
        pusher.blob("team/app", "config");
        clock.advance(Duration.ofHours(1));

        collect(
                "before delete " + layer(OTHER, "stray"),
                true,
                () -> pusher.image("team/app", List.of("1.0"), "", "config"));

        assertThat(storage.hasHappened()).isTrue();
        assertThat(registry.manifest(APP, new Tag("1.0"))).isPresent();
        assertThat(registry.blob(APP, Pusher.digest("config"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"after changedAt, true", "before delete, false"})
    void anIndexKeepsItsManifestUnlessThatIsJustGoing(String moment, boolean kept) throws Exception {
        pusher.blob("team/app", "config");
        Manifest child = pusher.image("team/app", List.of(), "child", "config");
        clock.advance(LONG);

        collect(moment + " " + revision(APP, child), kept, () -> pusher.index("team/app", List.of("1.0"), child));

        if (!kept) {
            assertRefused();
        }
        assertThat(registry.manifest(APP, new Tag("1.0")).isPresent()).isEqualTo(kept);
        assertThat(registry.manifest(APP, child.digest()).isPresent()).isEqualTo(kept);
        assertThat(registry.blob(APP, Pusher.digest("config")).isPresent()).isEqualTo(kept);
    }

    /** An index that is there is whole: somebody may put it into another one, and only looks at itself. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void anIndexThatIsFoundHasItsManifests(int variant) throws Exception {
        pusher.blob("team/app", "config");
        Manifest child = pusher.image("team/app", List.of(), "child " + variant, "config");
        Manifest index = pusher.index("team/app", List.of(), child);
        clock.advance(LONG);

        storage.at(
                step -> step.startsWith("after delete " + "repositories/team/app/_manifests/revisions/"),
                () -> start(() -> {
                            // Waits for the lock, and then sees what is left.
                            if (registry.manifest(APP, index.digest()).isPresent()) {
                                pusher.index("team/app", List.of("1.0"), index);
                            }
                            return true;
                        })
                        .waits());
        registry.collector(options).collect();

        results();
        Optional<Manifest> outer = registry.manifest(APP, new Tag("1.0"));
        if (outer.isPresent()) {
            assertThat(registry.manifest(APP, index.digest())).isPresent();
            assertThat(registry.manifest(APP, child.digest())).isPresent();
        }
        assertThat(registry.manifest(APP, index.digest()).isPresent())
                .isEqualTo(registry.manifest(APP, child.digest()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aSubjectThatIsFoundHasItsReferrers(int variant) throws Exception {
        pusher.blob("team/app", "config");
        pusher.blob("team/app", "{}");
        Manifest subject = pusher.image("team/app", List.of(), "subject " + variant, "config");
        Manifest signature = pusher.referrer("team/app", subject, "{}");
        clock.advance(LONG);

        storage.at(
                step -> step.startsWith("after delete " + "repositories/team/app/_manifests/revisions/"),
                () -> start(() -> registry.manifest(APP, subject.digest()).isPresent())
                        .waits());
        registry.collector(options).collect();

        boolean found = (boolean) results().get(0);
        assertThat(registry.manifest(APP, signature.digest()).isPresent()).isEqualTo(found);
    }

    @Test
    void aReferrerThatComesBeforeItsSubjectGoesKeepsIt() throws Exception {
        pusher.blob("team/app", "config");
        pusher.blob("team/app", "{}");
        Manifest subject = pusher.image("team/app", List.of(), "subject", "config");
        clock.advance(LONG);

        collect("after changedAt " + revision(APP, subject), true, () -> pusher.referrer("team/app", subject, "{}"));

        Manifest referrer = (Manifest) results().get(0);
        assertThat(registry.manifest(APP, subject.digest())).isPresent();
        assertThat(registry.blob(APP, Pusher.digest("config"))).isPresent();
        assertThat(registry.manifest(APP, referrer.digest())).isPresent();
    }

    @Test
    void aReferrerToASubjectThatIsJustGoingIsTakenAllTheSame() throws Exception {
        pusher.blob("team/app", "config");
        pusher.blob("team/app", "{}");
        pusher.image("team/app", List.of("1.0"), "", "{}");
        Manifest subject = pusher.image("team/app", List.of(), "subject", "config");
        clock.advance(LONG);

        collect("before delete " + revision(APP, subject), false, () -> pusher.referrer("team/app", subject, "{}"));

        Manifest referrer = (Manifest) results().get(0);
        assertThat(registry.manifest(APP, referrer.digest())).isPresent();
        assertThat(registry.referrers(APP, subject.digest(), Optional.empty(), Optional.empty(), 10)
                        .items())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before visit ", "before delete "})
    void anUploadOfBytesThatAreJustGoingIsWhole(String when) throws Exception {
        pusher.blob("team/app", "layer");
        clock.advance(LONG);
        BlobUpload upload = write(registry.beginUpload(OTHER, DigestAlgorithm.SHA256), "layer");

        collect(
                when + Pusher.digest("layer"),
                when.startsWith("before visit"),
                () -> upload.commit(Pusher.digest("layer")));

        results();
        try (var content =
                registry.blob(OTHER, Pusher.digest("layer")).orElseThrow().open()) {
            assertThat(content.size()).isEqualTo(5);
        }
    }

    /** The last that it has goes, and with that the repository. */
    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void aPushToARepositoryThatIsJustGoingGoesOn(String when) throws Exception {
        pusher.blob("team/app", "layer");
        clock.advance(LONG);

        collect(when + " delete " + layer(APP, "layer"), true, () -> registry.beginUpload(APP, DigestAlgorithm.SHA256));
        assertThat(registry.repositories(Optional.empty(), 10).items()).isEmpty();

        BlobUpload upload = (BlobUpload) results().get(0);
        write(registry.resumeUpload(APP, upload.id()).orElseThrow(), "layer").commit(Pusher.digest("layer"));
        Manifest image = pusher.image("team/app", List.of("1.0"), "", "layer");

        assertThat(registry.repositories(Optional.empty(), 10).items()).containsExactly(APP);
        assertThat(registry.manifest(APP, new Tag("1.0"))).contains(image);
        registry.blob(APP, Pusher.digest("layer")).orElseThrow().open().close();
    }

    @Test
    void theLastTagGoesWhileManifestsAreRead() throws Exception {
        pusher.blob("team/app", "config");
        Manifest image = pusher.image("team/app", List.of("1.0"), "", "config");
        clock.advance(LONG);
        StoredRegistry fresh =
                new StoredRegistry(storage, RegistryOptions.defaults().withClock(clock));

        collect(fresh, "before open " + image.digest(), true, () -> fresh.deleteTag(APP, new Tag("1.0")));

        assertThat(results()).containsExactly(true);
        assertThat(fresh.manifest(APP, image.digest())).isPresent();
        clock.advance(LONG);
        fresh.collector(options).collect();
        assertThat(fresh.manifest(APP, image.digest())).isEmpty();
        assertThat(fresh.blob(APP, Pusher.digest("config"))).isEmpty();
    }

    @Test
    void whoWaitsForARemovalIsNextAndKeepsTheRest() throws Exception {
        pusher.blob("team/app", "config");
        Manifest old = pusher.image("team/app", List.of(), "old", "config");
        clock.advance(LONG);

        // Nobody asks first: the manifest is pushed again by who has it, and its blob is old.
        collect(
                "before delete " + revision(APP, old),
                false,
                () -> pusher.image("team/app", List.of("1.0"), "old", "config"));

        assertThat(results()).containsExactly(old);
        assertThat(registry.manifest(APP, new Tag("1.0"))).isPresent();
        assertThat(registry.blob(APP, Pusher.digest("config"))).isPresent();
    }

    private void collect(String moment, boolean answered, Callable<?> request) throws IOException {
        collect(registry, moment, answered, request);
    }

    /**
     * Collects, and has a client ask for something at that moment.
     *
     * @param answered whether the client is answered while the collection stands still, or has to wait for it
     */
    private void collect(StoredRegistry collected, String moment, boolean answered, Callable<?> request)
            throws IOException {
        storage.at(moment::equals, () -> {
            Client<?> client = start(request);
            if (answered) {
                client.done();
            } else {
                client.waits();
            }
        });
        collected.collector(options).collect();
        assertThat(storage.hasHappened()).isTrue();
    }

    private void assertRefused() {
        assertThatThrownBy(this::results)
                .hasCauseInstanceOf(RegistryException.class)
                .cause()
                .satisfies(
                        e -> assertThat(((RegistryException) e).errors().get(0).code())
                                .isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN));
    }

    private static BlobUpload write(BlobUpload upload, String content) throws IOException {
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
        return upload;
    }

    private static String layer(RepositoryName repository, String blob) {
        return "repositories/" + repository + "/_layers/sha256/"
                + Pusher.digest(blob).hex() + "/link";
    }

    private static String revision(RepositoryName repository, Manifest manifest) {
        return "repositories/" + repository + "/_manifests/revisions/sha256/"
                + manifest.digest().hex() + "/link";
    }

    private <T> Client<T> start(Callable<T> request) {
        Client<T> client = new Client<>(request);
        clients.add(client);
        return client;
    }

    /** What the clients were answered, in their order. */
    private List<Object> results() throws Exception {
        assertThat(storage.hasHappened()).isTrue();
        List<Object> results = new ArrayList<>();
        for (Client<?> client : clients) {
            results.add(client.answer());
        }
        return results;
    }

    /** A request on a thread of its own: the one of the collector may hold locks. */
    private static final class Client<T> {

        private final FutureTask<T> task;
        private final Thread thread;

        Client(Callable<T> request) {
            task = new FutureTask<>(request);
            thread = new Thread(task, "client");
            thread.start();
        }

        T answer() throws Exception {
            return task.get(30, TimeUnit.SECONDS);
        }

        /** The request comes to its end while the collection stands still. */
        void done() throws IOException {
            try {
                answer();
            } catch (ExecutionException e) {
                // Is looked at later.
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        /** The request has to wait until the collection goes on. */
        void waits() {
            while (thread.getState() != Thread.State.WAITING && !task.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(task.isDone()).isFalse();
        }
    }
}
