package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume as Docker's registry leaves it, with what deletions, crashes and garbage collections leave in one. */
class DockerRegistryVolumeTest {

    private static final String HEX = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String LINK = "sha256:" + HEX;
    private static final String ALPINE = "repositories/library/alpine";
    private static final RepositoryName NAME = new RepositoryName("library/alpine");

    @TempDir
    private Path root;

    private Storage storage;

    @BeforeEach
    void aVolume() throws IOException {
        file("blobs/sha256/ba/" + HEX + "/data", "abc");
        file(ALPINE + "/_layers/sha256/" + HEX + "/link", LINK);
        file(ALPINE + "/_manifests/revisions/sha256/" + HEX + "/link", LINK);
        file(ALPINE + "/_manifests/tags/latest/current/link", LINK);
        file(ALPINE + "/_manifests/tags/latest/index/sha256/" + HEX + "/link", LINK);
        file(ALPINE + "/_uploads/5b0d2d4e-1111-4222-8333-444455556666/data", "ab");
        file(ALPINE + "/_uploads/5b0d2d4e-1111-4222-8333-444455556666/startedat", "2023-05-06T07:08:09Z");
        file(ALPINE + "/_uploads/5b0d2d4e-1111-4222-8333-444455556666/hashstates/sha256/0", "go's own");
        file(ALPINE + "/_uploads/5b0d2d4e-1111-4222-8333-444455556666/hashstates/sha256/2", "go's own");
        // Left behind:
        directory(ALPINE + "/_manifests/revisions/sha256/" + "0".repeat(64));
        directory(ALPINE + "/_manifests/tags/gone/index/sha256");
        directory(ALPINE + "/_manifests/tags/half/current");
        directory(ALPINE + "/_uploads/dead-beef");
        directory("blobs/sha256/00/" + "0".repeat(64));
        file(ALPINE + "/_manifests/tags/latest/current/link.0f0f.tmp", "sha256:");
        file(ALPINE + "/_manifests/tags/t\u00e4g/current/link", LINK);
        file(ALPINE + "/_manifests/tags/a-file", "");
        storage = FileStorage.open(root, Durability.DURABLE);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @Test
    void factsAndBlobsAreThere() throws IOException {
        assertThat(storage.metadata().get(ALPINE + "/_manifests/tags/latest/current/link"))
                .contains(text(LINK));
        assertThat(storage.metadata().get(ALPINE + "/_layers/sha256/" + HEX + "/link"))
                .contains(text(LINK));
        assertThat(read(storage.blobs(), Digest.parse(LINK))).contains(text("abc"));
        assertThat(storage.metadata().children("repositories", Optional.empty(), 10))
                .containsExactly("library");
    }

    @Test
    void whatIsLeftBehindIsAbsent() throws IOException {
        Digest zeros = Digest.parse("sha256:" + "0".repeat(64));

        assertThat(storage.metadata().get(ALPINE + "/_manifests/revisions/sha256/" + zeros.hex() + "/link"))
                .isEmpty();
        assertThat(storage.metadata().contains(ALPINE + "/_manifests/tags/half/current/link"))
                .isFalse();
        assertThat(storage.metadata().contains(ALPINE + "/_manifests/tags/a-file/current/link"))
                .isFalse();
        assertThat(storage.metadata().delete(ALPINE + "/_manifests/tags/half/current/link"))
                .isFalse();
        assertThat(storage.blobs().size(zeros)).isEmpty();
        assertThat(storage.blobs().open(zeros)).isEmpty();
        assertThat(storage.blobs().resume(NAME, new UploadId("dead-beef"))).isEmpty();
        assertThat(storage.metadata().children(ALPINE + "/_manifests/tags", Optional.empty(), 10))
                .containsExactly("a-file", "gone", "half", "latest");
    }

    @Test
    void whatIsLeftBehindCanBeFilled() throws IOException {
        storage.metadata().put(ALPINE + "/_manifests/tags/half/current/link", text(LINK));
        assertThat(storage.metadata().create(ALPINE + "/_manifests/tags/gone/current/link", text(LINK)))
                .isTrue();

        assertThat(storage.metadata().get(ALPINE + "/_manifests/tags/half/current/link"))
                .contains(text(LINK));
        assertThat(storage.metadata().get(ALPINE + "/_manifests/tags/gone/current/link"))
                .contains(text(LINK));
    }

    @Test
    void anUploadGoesOn() throws IOException {
        UploadId id = new UploadId("5b0d2d4e-1111-4222-8333-444455556666");
        BlobUpload upload = storage.blobs().resume(NAME, id).orElseThrow();

        assertThat(upload.size()).isEqualTo(2);
        assertThat(upload.startedAt()).isEqualTo(Instant.parse("2023-05-06T07:08:09Z"));
        append(upload, text("cdef"));
        upload.commit(Digest.of(text("abcdef")));

        assertThat(read(storage.blobs(), Digest.of(text("abcdef")))).contains(text("abcdef"));
        assertThat(path(ALPINE + "/_uploads/" + id)).doesNotExist();
    }

    @Test
    void anUploadIsCancelledWithItsHashStates() throws IOException {
        UploadId id = new UploadId("5b0d2d4e-1111-4222-8333-444455556666");

        storage.blobs().resume(NAME, id).orElseThrow().cancel();

        assertThat(path(ALPINE + "/_uploads/" + id)).doesNotExist();
    }

    private Path path(String path) {
        return root.resolve("docker/registry/v2").resolve(path);
    }

    private void directory(String path) throws IOException {
        Files.createDirectories(path(path));
    }

    private void file(String path, String content) throws IOException {
        Files.createDirectories(path(path).getParent());
        Files.writeString(path(path), content);
    }
}
