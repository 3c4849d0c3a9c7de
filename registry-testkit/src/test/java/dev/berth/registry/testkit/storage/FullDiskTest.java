package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.InFiles.files;
import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.put;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when there is no space left. */
class FullDiskTest {

    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private Mount disk;
    private Path ballast;
    private Storage storage;

    @BeforeEach
    void aSmallDisk() throws IOException {
        Optional<Mount> mount = Mount.of(directory.resolve("disk"), "4m");
        assumeTrue(mount.isPresent(), "only root can mount a small disk");
        disk = mount.get();
        ballast = Files.write(disk.directory().resolve("ballast"), bytes(2 * MIB));
        storage = FileStorage.open(disk.directory().resolve("registry"), Durability.DURABLE);
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            storage.close();
            disk.close();
        }
    }

    @Test
    void anUploadGoesOnWhenThereIsSpaceAgain() throws IOException {
        byte[] content = bytes(3 * MIB);
        BlobUpload upload = begin(storage.blobs());
        append(upload, content, 0, MIB);

        try (BlobWriter writer = upload.append()) {
            assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(content, MIB, 2 * MIB)))
                    .isInstanceOf(IOException.class);

            assertThat(upload.size()).isEqualTo(MIB);
            assertThat(upload(upload)).hasSize(MIB);
            Files.delete(ballast);
            writer.write(ByteBuffer.wrap(content, MIB, MIB));
        }
        append(upload, content, 2 * MIB, 3 * MIB);
        upload.commit(Digest.of(content));

        assertThat(read(storage.blobs(), Digest.of(content))).contains(content);
    }

    @Test
    void aFactThatCannotBeWrittenStaysAsItWas() throws IOException {
        storage.metadata().put("repositories/a/fact", text("before"));
        fill();

        assertThatThrownBy(() -> storage.metadata().put("repositories/a/fact", bytes(100_000)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage.metadata().create("repositories/a/new", bytes(100_000)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage.metadata().replace("repositories/a/fact", text("before"), bytes(100_000)))
                .isInstanceOf(IOException.class);

        assertThat(storage.metadata().get("repositories/a/fact")).contains(text("before"));
        assertThat(storage.metadata().contains("repositories/a/new")).isFalse();
        assertNothingStaged();
        assertThat(storage.metadata().delete("repositories/a/fact")).isTrue();
    }

    @Test
    void aBlobThatCannotBeWrittenIsAbsent() throws IOException {
        put(storage.blobs(), text("before"));
        fill();

        assertThatThrownBy(() -> put(storage.blobs(), bytes(100_000))).isInstanceOf(IOException.class);

        assertThat(storage.blobs().size(Digest.of(bytes(100_000)))).isEmpty();
        assertNothingStaged();
        Files.delete(ballast);
        put(storage.blobs(), bytes(100_000));
        assertThat(read(storage.blobs(), Digest.of(bytes(100_000)))).contains(bytes(100_000));
    }

    private void fill() {
        assertThatThrownBy(() -> Files.write(disk.directory().resolve("more-ballast"), bytes(4 * MIB)))
                .isInstanceOf(IOException.class);
    }

    private void assertNothingStaged() throws IOException {
        assertThat(files(disk.directory().resolve("registry/docker/registry/_staging")))
                .isEmpty();
    }

    private Path upload(BlobUpload upload) {
        return disk.directory()
                .resolve("registry/docker/registry/v2/repositories/" + Samples.REPOSITORY + "/_uploads")
                .resolve(upload.id().value())
                .resolve("data");
    }
}
