package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.REPOSITORY;
import static dev.berth.registry.testkit.storage.Samples.STARTED_AT;
import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that died leaves behind, and files that change under a storage's hands. */
class FileCrashTest {

    private static final byte[] CONTENT = bytes(300_000);

    @TempDir
    private Path root;

    private Storage storage;

    @BeforeEach
    void open() throws IOException {
        storage = FileStorage.open(root, Durability.FAST);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
        assertThat(InFiles.openFiles(root)).isEmpty();
    }

    @Test
    void aPieceThatWasBeingWrittenIsKeptAsFarAsItCame() throws IOException {
        BlobUpload upload = begin(storage.blobs());
        try (BlobWriter diesHere = upload.append()) {
            diesHere.write(ByteBuffer.wrap(CONTENT, 0, 100_000));
            storage.close();

            try (Storage next = FileStorage.open(root, Durability.FAST)) {
                BlobUpload resumed =
                        next.blobs().resume(REPOSITORY, upload.id()).orElseThrow();
                assertThat(resumed.size()).isEqualTo(100_000);
                append(resumed, CONTENT, 100_000, CONTENT.length);
                resumed.commit(Digest.of(CONTENT));
                assertThat(read(next.blobs(), Digest.of(CONTENT))).contains(CONTENT);
            }
        }
    }

    @Test
    void whatAFailedWriteHasLeftDoesNotCount() throws IOException {
        BlobUpload upload = begin(storage.blobs());
        append(upload, CONTENT, 0, 100_000);
        Files.write(data(upload), bytes(50_000), StandardOpenOption.APPEND);

        assertThat(upload.size()).isEqualTo(100_000);
        append(upload, CONTENT, 100_000, 120_000);
        append(upload, CONTENT, 120_000, CONTENT.length);
        Files.write(data(upload), bytes(50_000), StandardOpenOption.APPEND);
        upload.commit(Digest.of(CONTENT));

        assertThat(read(storage.blobs(), Digest.of(CONTENT))).contains(CONTENT);
    }

    @Test
    void bytesThatAreLostAreNoticed() throws IOException {
        BlobUpload upload = begin(storage.blobs());
        append(upload, CONTENT);
        Files.write(data(upload), text("short"));

        RegistryException refusal =
                catchThrowableOfType(RegistryException.class, () -> upload.commit(Digest.of(CONTENT)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.DIGEST_INVALID);
        assertThat(storage.blobs().size(Digest.of(CONTENT))).isEmpty();
    }

    @Test
    void anUploadThatIsRemovedFromOutsideHasEnded() throws IOException {
        BlobUpload upload = begin(storage.blobs());
        append(upload, CONTENT);
        Files.delete(data(upload));

        assertThat(catchThrowableOfType(RegistryException.class, upload::append).code())
                .isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        assertThat(catchThrowableOfType(RegistryException.class, () -> upload.commit(Digest.of(CONTENT)))
                        .code())
                .isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        assertThat(storage.blobs().resume(REPOSITORY, upload.id())).isEmpty();
        assertThat(storage.blobs().size(Digest.of(CONTENT))).isEmpty();
    }

    @Test
    void anUploadWithoutADateIsFoundAllTheSame() throws IOException {
        for (String startedAt : List.of("", "yesterday", "2024-13-01T00:00:00Z")) {
            UploadId id = UploadId.random();
            append(begin(storage.blobs(), id), text("abc"));
            Files.writeString(directory(id).resolve("startedat"), startedAt);
            storage.close();
            open();
            BlobUpload resumed = storage.blobs().resume(REPOSITORY, id).orElseThrow();
            assertThat(resumed.startedAt())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            resumed.commit(Digest.of(text("abc")));
        }
    }

    @Test
    void anInterruptedWriterLosesItsLastWriteOnly() throws IOException {
        BlobUpload upload = begin(storage.blobs());
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(CONTENT, 0, 100_000));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(CONTENT, 100_000, 100_000)))
                    .isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(upload.size()).isEqualTo(100_000);
        append(upload, CONTENT, 100_000, CONTENT.length);
        upload.commit(Digest.of(CONTENT));
        assertThat(read(storage.blobs(), Digest.of(CONTENT))).contains(CONTENT);
    }

    @Test
    void uploadsThatAreAbandonedInThousandsCanBeResumed() throws IOException {
        List<BlobUpload> uploads = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            BlobUpload upload = begin(storage.blobs());
            append(upload, CONTENT, 0, 100 + i);
            uploads.add(upload);
        }

        for (int i = 0; i < 1_100; i += 100) {
            BlobUpload upload = uploads.get(i);
            assertThat(upload.size()).isEqualTo(100 + i);
            assertThat(upload.startedAt()).isEqualTo(STARTED_AT);
            append(upload, CONTENT, 100 + i, CONTENT.length);
            upload.commit(Digest.of(CONTENT));
        }
        assertThat(read(storage.blobs(), Digest.of(CONTENT))).contains(CONTENT);
    }

    @Test
    void stagedFilesOfADeadProcessAreRemovedWhenTheyAreOld() throws IOException {
        Path staging = Files.createDirectories(root.resolve("docker/registry/_staging"));
        Path old = Files.writeString(staging.resolve("1-abc-1"), "old");
        Path young = Files.writeString(staging.resolve("1-abc-2"), "young");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        storage.metadata().get("a/fact");
        assertThat(old).exists();
        storage.metadata().put("a/fact", text("1"));

        assertThat(staging).isDirectoryContaining(young::equals).isDirectoryNotContaining(old::equals);
    }

    private Path directory(UploadId id) {
        return root.resolve("docker/registry/v2/repositories/" + REPOSITORY + "/_uploads/" + id);
    }

    private Path data(BlobUpload upload) {
        return directory(upload.id()).resolve("data");
    }
}
