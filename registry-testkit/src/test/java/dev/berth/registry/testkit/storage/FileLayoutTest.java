package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.InFiles.files;
import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.put;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the directory, file by file. */
class FileLayoutTest {

    private static final String DIGEST = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path root;

    private Path v2;
    private Storage storage;
    private BlobStore blobs;
    private MetadataStore metadata;

    @BeforeEach
    void open() throws IOException {
        v2 = root.resolve("docker/registry/v2");
        storage = FileStorage.open(root, Durability.FAST);
        blobs = storage.blobs();
        metadata = storage.metadata();
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @Test
    void openingAStorageWritesNothing() throws IOException {
        assertThat(files(root)).containsExactly("docker/registry/_lock");
        assertThat(metadata.children("repositories", Optional.empty(), 10)).isEmpty();
        assertThat(files(root)).containsExactly("docker/registry/_lock");
        assertThat(storage).hasToString("files in " + root + " (fast)");
    }

    @Test
    void aFactIsAFileWithNothingButItsValue() throws IOException {
        metadata.put("repositories/library/alpine/_manifests/tags/3.20/current/link", text(DIGEST));

        assertThat(files(v2)).containsExactly("repositories/library/alpine/_manifests/tags/3.20/current/link");
        assertThat(v2.resolve("repositories/library/alpine/_manifests/tags/3.20/current/link"))
                .hasBinaryContent(text(DIGEST))
                .hasSize(71);
    }

    @Test
    void aBlobIsAFileUnderItsDigest() throws IOException {
        put(blobs, text("abc"));
        blobs.put(DigestAlgorithm.SHA512.digest(text("abc")), ByteBuffer.wrap(text("abc")));

        assertThat(files(v2))
                .containsExactly(
                        "blobs/sha256/ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/data",
                        "blobs/sha512/dd/ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f/data");
        assertThat(v2.resolve(files(v2).get(0))).hasBinaryContent(text("abc"));
    }

    @Test
    void anUploadIsADirectoryUntilItEnds() throws IOException {
        UploadId id = new UploadId("6f3d6d8e-0000-4000-8000-0123456789ab");
        BlobUpload upload =
                blobs.begin(Samples.REPOSITORY, id, DigestAlgorithm.SHA256, Instant.parse("2024-02-29T12:34:56.789Z"));
        append(upload, text("abc"));
        Path directory = v2.resolve("repositories/team/app/_uploads/6f3d6d8e-0000-4000-8000-0123456789ab");

        assertThat(files(directory)).containsExactly("data", "startedat");
        assertThat(directory.resolve("data")).hasBinaryContent(text("abc"));
        assertThat(directory.resolve("startedat")).hasContent("2024-02-29T12:34:56Z");

        upload.commit(Digest.parse(DIGEST));

        assertThat(directory).doesNotExist();
        assertThat(files(v2)).hasSize(1).allMatch(file -> file.startsWith("blobs/sha256/ba/"));
    }

    @Test
    void anUploadThatIsRefusedLeavesNothing() throws IOException {
        BlobUpload upload = begin(blobs);
        append(upload, text("abd"));
        try {
            upload.commit(Digest.parse(DIGEST));
        } catch (RuntimeException e) {
            // As it has to be.
        }
        begin(blobs).cancel();

        assertThat(files(root)).containsExactly("docker/registry/_lock");
        assertThat(v2.resolve("repositories/team/app/_uploads")).isEmptyDirectory();
    }

    @Test
    void deletingTakesEmptyDirectoriesAlong() throws IOException {
        metadata.put("repositories/a/b/_manifests/tags/1/current/link", text(DIGEST));
        metadata.put("repositories/a/c/_manifests/tags/1/current/link", text(DIGEST));
        put(blobs, text("abc"));

        metadata.delete("repositories/a/b/_manifests/tags/1/current/link");
        blobs.delete(Digest.parse(DIGEST));

        assertThat(v2.resolve("repositories/a/b")).doesNotExist();
        assertThat(v2.resolve("repositories/a/c/_manifests/tags/1/current/link"))
                .exists();
        assertThat(v2.resolve("blobs")).isEmptyDirectory();

        metadata.delete("repositories/a/c/_manifests/tags/1/current/link");

        assertThat(v2.resolve("repositories")).isEmptyDirectory();
    }

    @Test
    void whatIsPushedAgainIsYoungAgain() throws IOException {
        Path file = v2.resolve("blobs/sha256/ba/" + DIGEST.substring(7) + "/data");
        put(blobs, text("abc"));

        age(file);
        put(blobs, text("abc"));
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isAfter(Instant.now().minusSeconds(60));

        age(file);
        BlobUpload upload = begin(blobs);
        append(upload, text("abc"));
        upload.commit(Digest.parse(DIGEST));
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isAfter(Instant.now().minusSeconds(60));
    }

    /** A user's umask decides who reads the files, not us: other tools work on the same volume. */
    @Test
    void filesHaveTheUsualPermissions() throws IOException {
        Path usual = Files.createFile(root.resolve("usual"));
        Path usualDirectory = Files.createDirectory(root.resolve("usual-directory"));

        put(blobs, text("abc"));
        BlobUpload upload = begin(blobs);
        append(upload, bytes(10));
        upload.commit(Digest.of(bytes(10)));
        metadata.put("repositories/a/fact", text("1"));
        metadata.create("repositories/a/created", text("1"));

        assertThat(files(v2)).hasSize(4).allSatisfy(file -> {
            Path path = v2.resolve(file);
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(Files.getPosixFilePermissions(usual));
            assertThat(Files.getPosixFilePermissions(path.getParent()))
                    .isEqualTo(Files.getPosixFilePermissions(usualDirectory));
        });
    }

    @Test
    void aListingThatIsRememberedSeesWhatChanges() throws IOException {
        Path tags = v2.resolve("repositories/a/_manifests/tags");
        for (int i = 0; i < 300; i++) {
            metadata.put("repositories/a/_manifests/tags/t" + i + "/current/link", text(DIGEST));
        }
        age(tags);
        assertThat(metadata.children("repositories/a/_manifests/tags", Optional.empty(), 1000))
                .hasSize(300);

        metadata.delete("repositories/a/_manifests/tags/t7/current/link");
        assertThat(metadata.children("repositories/a/_manifests/tags", Optional.of("t69"), 1))
                .containsExactly("t70");
        assertThat(metadata.children("repositories/a/_manifests/tags", Optional.empty(), 1000))
                .hasSize(299);

        age(tags);
        assertThat(metadata.children("repositories/a/_manifests/tags", Optional.empty(), 1000))
                .hasSize(299);
        Files.createDirectories(tags.resolve("of-another-process/current"));
        assertThat(metadata.children("repositories/a/_manifests/tags", Optional.empty(), 1000))
                .hasSize(300)
                .startsWith("of-another-process");
    }

    private static void age(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    }
}
