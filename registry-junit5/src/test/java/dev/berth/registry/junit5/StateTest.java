package dev.berth.registry.junit5;

import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.layer.FreezableRegistry;
import dev.berth.registry.storage.memory.MemorySnapshot;
import dev.berth.registry.storage.memory.MemoryStorage;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void aRegistryIsPutBackToWhatItWas() {
        SampleRun.of(WithSnapshots.class).succeeded(1);
    }

    @RegistryExtension(images = "team/app:1.0")
    static class WithSnapshots {
        @Test
        void test(Registry registry, MemoryStorage storage) throws Exception {
            Digest before = Image.pull(registry, "team/app", "1.0").digest();
            MemorySnapshot snapshot = storage.snapshot();

            Image moved = Image.random(7, 100).pushTo(registry, "team/app", "1.0", "2.0");
            moved.pushTo(registry, "team/other", "1.0");
            registry.deleteManifest(new RepositoryName("team/app"), before);
            registry.beginUpload(new RepositoryName("team/app"), DigestAlgorithm.SHA256);
            storage.restore(snapshot);

            assertThat(registry).hasExactlyRepositories("team/app");
            assertThat(registry)
                    .repository("team/app")
                    .hasExactlyTags("1.0")
                    .hasTag("1.0")
                    .pointingTo(before);
            assertThat(registry)
                    .repository("team/app")
                    .hasNoBlob(moved.layers().get(0).digest());
            assertThat(Image.find(registry, "team/app", moved.digest().toString()))
                    .isEmpty();
            assertThat(Image.pull(registry, "team/app", "1.0").files().contains("/random.bin"))
                    .isTrue();
            storage.reset();
            assertThat(registry).isEmpty();
            storage.restore(snapshot);
            assertThat(registry).repository("team/app").hasTag("1.0");
            assertThat(snapshot.toString()).startsWith("snapshot of 3 blobs");
        }
    }

    @Test
    void filesHaveNoSnapshots() {
        assertThat(SampleRun.of(InFiles.class).failed(1).failures().get(0)).hasMessageContaining("in files");
    }

    @RegistryExtension(storage = RegistryStorage.DIRECTORY)
    static class InFiles {
        @Test
        void test(MemoryStorage storage) {}
    }

    @Test
    void aTestFreezesItsRegistry() {
        SampleRun.of(Freezing.class).succeeded(2);
    }

    @RegistryExtension(scope = RegistryScope.PER_CLASS, reset = true, images = "team/app:1.0")
    static class Freezing {
        @RepeatedTest(2)
        void test(Registry registry, FreezableRegistry freezable, RegistryServer server) throws Exception {
            Image.random(1, 10).pushTo(registry, "team/app", "2.0");

            freezable.freeze("a backup is being made");

            RemoteRegistry remote = RemoteRegistry.at(server.uri());
            assertThat(Image.pull(remote, "team/app", "1.0")).containsFile("/random.bin");
            assertThatThrownBy(() -> Image.random(2, 10).pushTo(remote, "team/app", "3.0"))
                    .hasMessageContaining("a backup is being made");
            assertThatThrownBy(() -> Image.random(2, 10).pushTo(registry, "team/app", "3.0"))
                    .hasMessageContaining("a backup is being made");
        }
    }

    @Test
    void aFrozenRegistryIsPulledFromAndNotChanged() throws Exception {
        FreezableRegistry registry = new FreezableRegistry(new StoredRegistry(new MemoryStorage()));
        Image image = Image.random(1, 10).pushTo(registry, "app", "1");
        var upload = registry.beginUpload(new RepositoryName("app"), DigestAlgorithm.SHA256);

        registry.freeze();

        assertThat(registry.isFrozen()).isTrue();
        assertThat(registry).repository("app").hasTag("1").image().containsFile("/random.bin");
        assertThatThrownBy(() -> Image.random(2, 10).pushTo(registry, "app", "2"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> registry.deleteManifest(new RepositoryName("app"), image.digest()))
                .isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> registry.resumeUpload(new RepositoryName("app"), upload.id())
                        .orElseThrow()
                        .append())
                .isInstanceOf(RegistryException.class);

        registry.thaw();

        assertThat(registry.isFrozen()).isFalse();
        assertThat(registry.resumeUpload(new RepositoryName("app"), upload.id()))
                .isPresent();
        Image.random(2, 10).pushTo(registry, "app", "2");
        assertThat(registry).repository("app").hasExactlyTags("1", "2");
    }
}
