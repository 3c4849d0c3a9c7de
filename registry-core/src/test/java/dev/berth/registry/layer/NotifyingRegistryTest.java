package dev.berth.registry.layer;

import static dev.berth.registry.layer.Content.digest;
import static dev.berth.registry.layer.Content.manifest;
import static dev.berth.registry.layer.Content.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryEvent.BlobDeleted;
import dev.berth.registry.event.RegistryEvent.BlobMounted;
import dev.berth.registry.event.RegistryEvent.BlobPulled;
import dev.berth.registry.event.RegistryEvent.BlobPushed;
import dev.berth.registry.event.RegistryEvent.ManifestDeleted;
import dev.berth.registry.event.RegistryEvent.ManifestPulled;
import dev.berth.registry.event.RegistryEvent.ManifestPushed;
import dev.berth.registry.event.RegistryEvent.TagDeleted;
import dev.berth.registry.event.RegistryEvent.TagMoved;
import dev.berth.registry.event.Subscription;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NotifyingRegistryTest {

    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final RepositoryName OTHER = new RepositoryName("other");
    private static final Tag TAG = new Tag("1.0");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Origin NOBODY = Origin.UNKNOWN;

    private final Events events = new Events();
    private final NotifyingRegistry registry =
            new NotifyingRegistry(new StoredRegistry(new MemoryStorage()), events, Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<RegistryEvent> told = new ArrayList<>();

    @Test
    void blobs() throws IOException {
        events.subscribe(told::add);
        Digest digest = digest("hello");
        Descriptor blob = new Descriptor("application/octet-stream", digest, 5);

        push(registry, NAME, "hello");
        registry.mountBlob(OTHER, digest, Optional.of(NAME));
        registry.mountBlob(OTHER, digest("missing"), Optional.of(NAME));
        registry.blob(OTHER, digest).orElseThrow();
        registry.blob(OTHER, digest).orElseThrow().open().close();
        registry.deleteBlob(OTHER, digest);
        registry.deleteBlob(OTHER, digest);

        assertThat(told)
                .containsExactly(
                        new BlobPushed(NOW, NOBODY, NAME, blob),
                        new BlobMounted(NOW, NOBODY, OTHER, blob, Optional.of(NAME)),
                        new BlobPulled(NOW, NOBODY, OTHER, blob),
                        new BlobDeleted(NOW, NOBODY, OTHER, digest));
    }

    @Test
    void anUploadThatIsResumedIsToldToo() throws IOException {
        events.subscribe(told::add);
        BlobUpload upload = registry.beginUpload(NAME, DigestAlgorithm.SHA256);
        Content.write(upload, "hello");

        assertThatThrownBy(
                        () -> registry.beginUpload(NAME, DigestAlgorithm.SHA256).commit(digest("other")))
                .isInstanceOf(RegistryException.class);
        registry.resumeUpload(NAME, upload.id()).orElseThrow().commit(digest("hello"));

        assertThat(told).hasSize(1).first().isInstanceOf(BlobPushed.class);
    }

    @Test
    void manifestsAndTags() throws IOException {
        events.subscribe(told::add);
        Manifest one = manifest("one");
        Manifest two = manifest("two");

        registry.putManifest(NAME, one, List.of(TAG));
        registry.putManifest(NAME, one, List.of(TAG));
        registry.putManifest(NAME, two, List.of(TAG, new Tag("latest")));
        registry.manifest(NAME, TAG);
        registry.manifest(NAME, one.digest());
        registry.manifest(NAME, new Tag("missing"));
        registry.deleteTag(NAME, TAG);
        registry.deleteTag(NAME, TAG);
        registry.deleteManifest(NAME, two.digest());
        registry.deleteManifest(NAME, two.digest());

        Tag latest = new Tag("latest");
        Digest first = one.digest();
        Digest second = two.digest();
        assertThat(told)
                .containsExactly(
                        new TagMoved(NOW, NOBODY, NAME, TAG, Optional.empty(), first),
                        new ManifestPushed(NOW, NOBODY, NAME, one.descriptor(), List.of(TAG), List.of()),
                        new ManifestPushed(NOW, NOBODY, NAME, one.descriptor(), List.of(TAG), List.of()),
                        new TagMoved(NOW, NOBODY, NAME, TAG, Optional.of(first), second),
                        new TagMoved(NOW, NOBODY, NAME, latest, Optional.empty(), second),
                        new ManifestPushed(NOW, NOBODY, NAME, two.descriptor(), List.of(TAG, latest), List.of()),
                        new ManifestPulled(NOW, NOBODY, NAME, two.descriptor(), Optional.of(TAG), List.of()),
                        new ManifestPulled(NOW, NOBODY, NAME, one.descriptor(), Optional.empty(), List.of()),
                        new TagDeleted(NOW, NOBODY, NAME, TAG, second),
                        new TagDeleted(NOW, NOBODY, NAME, latest, second),
                        new ManifestDeleted(NOW, NOBODY, NAME, second));
    }

    @Test
    void whoCausedAnEventIsToldWhereItIsKnown() throws IOException {
        events.subscribe(told::add);
        Origin alice = Origin.of("alice");

        registry.onBehalfOf(alice).putManifest(NAME, manifest("one"), List.of(TAG));

        assertThat(told).hasSize(2).allMatch(event -> event.origin().equals(alice));
    }

    @Test
    void aListenerThatThrowsFailsNoPush() throws IOException {
        events.subscribe(event -> {
            throw new IllegalStateException("broken");
        });

        registry.putManifest(NAME, manifest("one"), List.of(TAG));

        assertThat(registry.manifest(NAME, TAG)).isPresent();
    }

    /** What it does to the same tag and repository would come to a standstill if a lock were held. */
    @Test
    void aListenerMayUseTheRegistry() throws IOException {
        events.subscribe(event -> {
            if (event instanceof TagMoved moved && moved.tag().equals(TAG)) {
                delete(registry, TAG);
            }
        });

        registry.putManifest(NAME, manifest("one"), List.of(TAG, new Tag("kept")));

        assertThat(registry.manifest(NAME, TAG)).isEmpty();
        assertThat(registry.manifest(NAME, new Tag("kept"))).isPresent();
    }

    /** Whoever follows the events of a tag always knows what it points to: each begins where the one before ended. */
    @Test
    void theMovesOfATagMakeAChainWhoeverMovesIt() throws Exception {
        List<String> broken = new ArrayList<>();
        Optional<Digest>[] current = newCurrent();
        events.subscribe(event -> follow(event, current, broken));
        List<RegistryEvent> queued = new ArrayList<>();
        Subscription subscription = events.subscribe(queued::add, 100_000);
        long seed = System.nanoTime();

        Content.race(8, number -> {
            Random random = new Random(seed + number);
            for (int i = 0; i < 300; i++) {
                Manifest manifest = manifest("m" + random.nextInt(5));
                switch (random.nextInt(8)) {
                    case 0 -> registry.deleteTag(NAME, TAG);
                    case 1 -> registry.deleteManifest(NAME, manifest.digest());
                    default -> registry.putManifest(NAME, manifest, List.of(new Tag("x" + number), TAG));
                }
            }
            return null;
        });

        assertThat(broken).as("seed %d", seed).isEmpty();
        assertThat(registry.manifest(NAME, TAG).map(Manifest::digest)).isEqualTo(current[0]);
        subscription.close();
        assertThat(subscription.awaitEnd(Duration.ofSeconds(30))).isTrue();
        Optional<Digest>[] followed = newCurrent();
        queued.forEach(event -> follow(event, followed, broken));
        assertThat(broken).as("told by another thread, seed %d", seed).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Optional<Digest>[] newCurrent() {
        return new Optional[] {Optional.empty()};
    }

    private static void follow(RegistryEvent event, Optional<Digest>[] current, List<String> broken) {
        if (event instanceof TagMoved moved && moved.tag().equals(TAG)) {
            check(moved.from(), current, broken, event);
            current[0] = Optional.of(moved.to());
        } else if (event instanceof TagDeleted deleted && deleted.tag().equals(TAG)) {
            check(Optional.of(deleted.from()), current, broken, event);
            current[0] = Optional.empty();
        }
    }

    private static void check(
            Optional<Digest> from, Optional<Digest>[] current, List<String> broken, RegistryEvent event) {
        if (!from.equals(current[0])) {
            broken.add(event + " does not begin at " + current[0]);
        }
    }

    private static void delete(Registry registry, Tag tag) {
        try {
            registry.deleteTag(NAME, tag);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
