package dev.berth.registry.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.CollectionReport;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorFilesTest {

    private static final CollectionOptions OPTIONS =
            CollectionOptions.defaults().withGracePeriod(Duration.ofHours(1)).withUntaggedOlderThan(Duration.ZERO);

    @TempDir
    private Path directory;

    @Test
    void ofARepositoryThatHasNothingNothingIsLeft() throws Exception {
        try (Storage storage = FileStorage.open(directory, Durability.FAST)) {
            Pusher pusher = new Pusher(new StoredRegistry(storage));
            pusher.blob("team/gone", "config");
            pusher.image("team/gone", List.of(), "", "config");
            pusher.blob("team/kept", "config");
            pusher.image("team/kept", List.of("1.0"), "", "config");

            for (int collection = 0; collection < 2; collection++) {
                makeOld();
                // One that does not remember who has asked for what.
                new StoredRegistry(storage).collector(OPTIONS).collect();
            }
        }

        assertThat(directory.resolve("docker/registry/v2/repositories/team"))
                .isDirectoryContaining("glob:**/kept")
                .isDirectoryNotContaining("glob:**/gone");
    }

    @Test
    void aPushBeginsToARepositoryWhoseDirectoriesAreJustGoing() throws Exception {
        RepositoryName app = new RepositoryName("team/app");
        Path repository = directory.resolve("docker/registry/v2/repositories/team/app");
        try (Storage files = FileStorage.open(directory, Durability.FAST)) {
            WatchedStorage storage = new WatchedStorage(files);
            new Pusher(new StoredRegistry(files)).blob("team/app", "layer");
            makeOld();
            StoredRegistry registry = new StoredRegistry(storage);
            List<BlobUpload> uploads = new ArrayList<>();

            storage.at("before tidy"::equals, () -> {
                makeOld();
                uploads.add(registry.beginUpload(app, DigestAlgorithm.SHA256));
            });
            registry.collector(OPTIONS).collect();

            assertThat(storage.hasHappened()).isTrue();
            assertThat(repository.resolve("_layers")).doesNotExist();
            assertThat(registry.resumeUpload(app, uploads.get(0).id())).isPresent();
            Pusher pusher = new Pusher(registry);
            Digest layer = pusher.blob("team/app", "layer");
            Manifest image = pusher.image("team/app", List.of("1.0"), "", "layer");
            assertThat(registry.manifest(app, new Tag("1.0"))).contains(image);
            assertThat(registry.blob(app, layer)).isPresent();
        }
    }

    @Test
    void aDirectoryThatACrashLeftWithoutItsLinkKeepsNoBytes() throws Exception {
        try (Storage storage = FileStorage.open(directory, Durability.FAST)) {
            Digest digest = new Pusher(new StoredRegistry(storage)).blob("team/app", "layer");
            makeOld();
            Files.delete(directory.resolve(
                    "docker/registry/v2/repositories/team/app/_layers/sha256/" + digest.hex() + "/link"));

            CollectionReport report =
                    new StoredRegistry(storage).collector(OPTIONS).collect();

            assertThat(report.blobs()).isEqualTo(1);
            assertThat(storage.blobs().size(digest)).isEmpty();
        }
    }

    private void makeOld() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, old);
            }
        }
    }
}
