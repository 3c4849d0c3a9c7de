package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.retention.Keep;
import dev.berth.registry.retention.RetentionListener;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Images, indexes and referrers are pushed, pulled and deleted while a policy without any patience is carried out again and again.
 * Afterwards every tag leads to a manifest, every index has what it names, and every tag that is protected is as it was pushed last.
 */
class RetentionModelTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final int PUSHERS = 3;
    private static final int STEPS = 1500;
    private static final RetentionPolicy IMPATIENT = RetentionPolicy.builder()
            .in(
                    "**",
                    all -> all.keep(Keep.newest(4).of("t*"))
                            .keep(Keep.all("stays-*"))
                            .deleteUntaggedAfter(Duration.ZERO))
            .build();

    private final MemoryStorage storage = new MemoryStorage();
    private final StoredRegistry registry = new StoredRegistry(storage);
    private final AtomicLong number = new AtomicLong();

    @Test
    void nothingThatIsNeededGoes() throws Exception {
        new Pusher(registry).blob("team/app", "config");
        List<CompletableFuture<Manifest>> pushers = new ArrayList<>();
        for (int i = 0; i < PUSHERS; i++) {
            int pusher = i;
            pushers.add(CompletableFuture.supplyAsync(() -> push(pusher, new Random(pusher))));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(pushers.toArray(new CompletableFuture<?>[0]));
        long deleted = 0;
        do {
            deleted += registry.retention(IMPATIENT)
                    .run(registry, RetentionListener.none(), () -> false)
                    .total()
                    .manifestsDeleted();
        } while (!all.isDone());
        all.join();

        assertThat(deleted).isPositive();
        for (int i = 0; i < PUSHERS; i++) {
            assertThat(registry.manifest(APP, new Tag("stays-" + i)))
                    .contains(pushers.get(i).join());
        }
        for (Tag tag : registry.tags(APP, Optional.empty(), 1000).orElseThrow().items()) {
            assertThat(registry.manifest(APP, tag)).as("what %s leads to", tag).isPresent();
        }
        for (String hex : storage.metadata()
                .children("repositories/team/app/_manifests/revisions/sha256", Optional.empty(), 100_000)) {
            assertWhole(new Digest(DigestAlgorithm.SHA256, hex));
        }
    }

    private void assertWhole(Digest digest) throws IOException {
        Optional<Manifest> manifest = registry.manifest(APP, digest);
        for (Descriptor child : manifest.map(Manifest::manifests).orElse(List.of())) {
            assertThat(registry.manifest(APP, child.digest()))
                    .as("what %s names", digest)
                    .isPresent();
        }
    }

    /** Returns what the tag that stays was last pushed as. */
    private Manifest push(int pusher, Random random) {
        Pusher client = new Pusher(registry);
        Tag stays = new Tag("stays-" + pusher);
        List<Manifest> known = new ArrayList<>();
        try {
            Manifest last = client.image("team/app", List.of(stays.value()), "first of " + pusher, "config");
            for (int step = 0; step < STEPS; step++) {
                try {
                    Manifest pushed = step(client, random, known);
                    known.add(pushed);
                    if (random.nextInt(4) == 0) {
                        registry.putManifest(APP, pushed, List.of(stays));
                        last = pushed;
                    }
                } catch (RegistryException e) {
                    // Whoever has no patience takes what was pushed a moment ago for a later index.
                    assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
                }
            }
            return last;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Manifest step(Pusher client, Random random, List<Manifest> known) throws IOException {
        String tag = "t" + random.nextInt(8);
        Manifest old = known.isEmpty()
                ? client.image("team/app", List.of(), "image " + number.incrementAndGet(), "config")
                : known.get(random.nextInt(known.size()));
        return switch (random.nextInt(6)) {
            case 0 -> client.index("team/app", List.of(tag), old);
            case 1 -> client.index("team/app", List.of(), old, client.image("team/app", List.of(), tag, "config"));
            case 2 -> client.referrer("team/app", old, "config");
            case 3 -> {
                registry.deleteTag(APP, new Tag(tag));
                registry.manifest(APP, old.digest());
                yield client.image("team/app", List.of(), "image " + number.incrementAndGet(), "config");
            }
            default -> client.image("team/app", List.of(tag), "image " + number.incrementAndGet(), "config");
        };
    }
}
