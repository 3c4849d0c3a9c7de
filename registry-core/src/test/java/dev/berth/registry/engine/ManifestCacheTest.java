package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestCacheTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final RepositoryName OTHER = new RepositoryName("team/other");

    @Test
    void forgetsWhatHasNotBeenAskedForTheLongest() {
        Manifest first = manifest("first");
        Manifest second = manifest("second");
        ManifestCache cache = new ManifestCache(8 * 1024);
        cache.add(first);
        cache.add(second);

        for (int i = 0; i < 20; i++) {
            cache.add(manifest("another " + i));
            cache.find(first.digest());
        }

        assertThat(cache.find(first.digest())).contains(first);
        assertThat(cache.find(second.digest())).isEmpty();
    }

    @Test
    void doesNotGiveEverythingUpForOneLargeManifest() {
        Manifest small = manifest("small");
        Manifest large = manifest("x".repeat(8 * 1024));
        ManifestCache cache = new ManifestCache(8 * 1024);
        cache.add(small);

        cache.add(large);

        assertThat(cache.find(small.digest())).contains(small);
        assertThat(cache.find(large.digest())).isEmpty();
    }

    @Test
    void countsAManifestOnceHoweverOftenItIsAdded() {
        Manifest kept = manifest("kept");
        Manifest again = manifest("again");
        ManifestCache cache = new ManifestCache(8 * 1024);
        cache.add(kept);

        for (int i = 0; i < 1000; i++) {
            cache.add(again);
        }

        assertThat(cache.find(kept.digest())).contains(kept);
    }

    @Test
    void aManifestInMemoryIsStillOnlyInItsRepositoryAndUntilItIsDeleted() throws Exception {
        // given a manifest that has been read, and so is in memory
        StoredRegistry registry = new StoredRegistry(new MemoryStorage());
        Manifest manifest = manifest("here");
        registry.putManifest(APP, manifest, List.of(new Tag("1")));
        assertThat(registry.manifest(APP, new Tag("1"))).contains(manifest);

        // then no other repository has it
        assertThat(registry.manifest(OTHER, manifest.digest())).isEmpty();

        // and when it is deleted, neither has its own
        registry.deleteManifest(APP, manifest.digest());
        assertThat(registry.manifest(APP, manifest.digest())).isEmpty();
    }

    @Test
    void theSameBytesHaveInEachRepositoryTheTypeThatTheyWerePushedAs() throws Exception {
        StoredRegistry registry = new StoredRegistry(new MemoryStorage());
        byte[] bytes = "{\"some\":\"thing\"}".getBytes(StandardCharsets.UTF_8);
        Manifest one = Manifest.parse(bytes, Optional.of("application/vnd.one+json"), DigestAlgorithm.SHA256);
        Manifest two = Manifest.parse(bytes, Optional.of("application/vnd.two+json"), DigestAlgorithm.SHA256);
        registry.putManifest(APP, one, List.of());
        registry.putManifest(OTHER, two, List.of());
        Reference digest = one.digest();

        for (int i = 0; i < 2; i++) {
            assertThat(registry.manifest(APP, digest).orElseThrow().mediaType()).isEqualTo("application/vnd.one+json");
            assertThat(registry.manifest(OTHER, digest).orElseThrow().mediaType())
                    .isEqualTo("application/vnd.two+json");
        }
    }

    private static Manifest manifest(String annotation) {
        String json = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],
                 "annotations":{"note":"%s"}}""".formatted(annotation);
        return Manifest.parse(json.getBytes(StandardCharsets.UTF_8), Optional.empty(), DigestAlgorithm.SHA256);
    }
}
