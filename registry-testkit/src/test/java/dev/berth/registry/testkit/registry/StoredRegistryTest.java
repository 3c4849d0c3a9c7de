package dev.berth.registry.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.layer.ForwardingRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry over its storages and behind a layer, and what only it does. */
class StoredRegistryTest {

    private static final RepositoryName NAME = new RepositoryName("app");

    private final Storage memory = new MemoryStorage();

    @TempDir
    private Path directory;

    @Nested
    class InMemory extends RegistryContract {
        private final Registry registry = new StoredRegistry(memory);

        @Override
        protected Registry registry() {
            return registry;
        }
    }

    @Nested
    class BehindALayer extends RegistryContract {
        private final Registry registry = new ForwardingRegistry(new StoredRegistry(memory)) {};

        @Override
        protected Registry registry() {
            return registry;
        }
    }

    @Nested
    class InFiles extends RegistryContract {
        private Registry registry = new StoredRegistry(memory);

        @BeforeEach
        void open() throws IOException {
            registry = new StoredRegistry(FileStorage.open(directory, Durability.FAST));
        }

        @Override
        protected Registry registry() {
            return registry;
        }
    }

    @Test
    void theReferenceCheckCanBeRelaxed() throws IOException {
        Manifest index = parse("{\"manifests\":[{\"digest\":\"" + Digest.of(new byte[] {1}) + "\",\"size\":1}]}");
        Manifest image = parse("{\"layers\":[{\"digest\":\"" + Digest.of(new byte[] {2}) + "\",\"size\":1}]}");
        RegistryOptions options = RegistryOptions.defaults();

        assertThatThrownBy(() -> new StoredRegistry(memory, options).putManifest(NAME, index, List.of()))
                .isInstanceOf(RegistryException.class);
        Registry images = new StoredRegistry(memory, options.withReferenceCheck(ReferenceCheck.IMAGES));
        images.putManifest(NAME, index, List.of());
        assertThatThrownBy(() -> images.putManifest(NAME, image, List.of())).isInstanceOf(RegistryException.class);
        new StoredRegistry(memory, options.withReferenceCheck(ReferenceCheck.NONE)).putManifest(NAME, image, List.of());
    }

    /** Docker's registry writes a blob and a link, and knows nothing of subjects. */
    @Test
    void referrersThatAnotherRegistryHasWrittenAreFound() throws IOException {
        Digest subject = Digest.of(new byte[] {3});
        new StoredRegistry(memory).putManifest(NAME, parse("{}"), List.of());
        assertThat(referrers(new StoredRegistry(memory), subject)).isEmpty();

        byte[] referrer =
                ("{\"subject\":{\"digest\":\"" + subject + "\",\"size\":1}}").getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(referrer);
        memory.blobs().put(digest, ByteBuffer.wrap(referrer));
        link("repositories/app/_manifests/revisions/sha256/" + digest.hex() + "/link", digest);

        assertThat(referrers(new StoredRegistry(memory), subject)).containsExactly(digest);
    }

    @Test
    void aLinkWithoutADigestCountsAsAbsent() throws IOException {
        Manifest manifest = parse("{}");
        Registry registry = new StoredRegistry(memory);
        registry.putManifest(NAME, manifest, List.of(new Tag("good")));
        memory.metadata().put("repositories/app/_manifests/tags/empty/current/link", new byte[0]);

        assertThat(registry.manifest(NAME, new Tag("empty"))).isEmpty();
        assertThat(registry.manifest(NAME, new Tag("good"))).isPresent();
    }

    /** Docker's registry keeps what is pushed by SHA-512 under its SHA-256, and links the one to the other. */
    @Test
    void aLinkMayPointToTheSameBytesByAnotherDigest() throws IOException {
        byte[] content = {1, 2, 3};
        Digest stored = Digest.of(content);
        Digest alias = DigestAlgorithm.SHA512.digest(content);
        memory.blobs().put(stored, ByteBuffer.wrap(content));
        link("repositories/app/_layers/sha512/" + alias.hex() + "/link", stored);

        assertThat(new StoredRegistry(memory).blob(NAME, alias))
                .hasValueSatisfying(blob -> assertThat(blob.descriptor().size()).isEqualTo(3));
    }

    @Test
    void aDamagedManifestIsTroubleAndNotAbsence() throws IOException {
        Digest digest = Digest.of(new byte[] {7});
        memory.blobs().put(digest, ByteBuffer.wrap("not json".getBytes(StandardCharsets.UTF_8)));
        link("repositories/app/_manifests/revisions/sha256/" + digest.hex() + "/link", digest);

        assertThatThrownBy(() -> new StoredRegistry(memory).manifest(NAME, digest))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void theTypeThatBytesDoNotTellIsRemembered() throws IOException {
        Registry registry = new StoredRegistry(memory);
        Manifest odd =
                Manifest.parse("{}".getBytes(StandardCharsets.UTF_8), Optional.of("a/b"), DigestAlgorithm.SHA256);

        registry.putManifest(NAME, odd, List.of());
        assertThat(registry.manifest(NAME, odd.digest()).orElseThrow().mediaType())
                .isEqualTo("a/b");

        registry.putManifest(NAME, parse("{}"), List.of());
        assertThat(registry.manifest(NAME, odd.digest()).orElseThrow().mediaType())
                .as("the last push counts")
                .isEqualTo("application/vnd.oci.image.manifest.v1+json");
    }

    private void link(String key, Digest digest) throws IOException {
        memory.metadata().put(key, digest.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static List<Digest> referrers(Registry registry, Digest subject) throws IOException {
        return registry.referrers(NAME, subject, Optional.empty(), Optional.empty(), 10).items().stream()
                .map(Descriptor::digest)
                .toList();
    }

    private static Manifest parse(String json) {
        return Manifest.parse(json.getBytes(StandardCharsets.UTF_8), Optional.empty(), DigestAlgorithm.SHA256);
    }
}
