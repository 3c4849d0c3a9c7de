package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.REPOSITORY;
import static dev.berth.registry.testkit.storage.Samples.STARTED_AT;
import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How uploads are found again: by another request, and by another process where the storage survives the first. */
public abstract class UploadResumeContract extends StorageContract {

    private static final byte[] LARGE = bytes((5 << 20) + 7);

    /** For subclasses. */
    protected UploadResumeContract() {}

    @Test
    void anUploadIsFoundByItsRepositoryAndItsId() throws IOException {
        BlobUpload upload = begin(blobs());
        append(upload, text("content"));

        BlobUpload found = blobs().resume(REPOSITORY, upload.id()).orElseThrow();

        assertThat(found.id()).isEqualTo(upload.id());
        assertThat(found.startedAt()).isEqualTo(STARTED_AT);
        assertThat(found.size()).isEqualTo(7);
        assertThat(blobs().resume(REPOSITORY, UploadId.random())).isEmpty();
        assertThat(blobs().resume(new RepositoryName("team"), upload.id())).isEmpty();
        assertThat(blobs().resume(new RepositoryName("team/app/more"), upload.id()))
                .isEmpty();
        found.cancel();
    }

    @Test
    void theSameIdInTwoRepositoriesIsTwoUploads() throws IOException {
        UploadId id = UploadId.random();
        RepositoryName other = new RepositoryName("other");
        BlobUpload one = begin(blobs(), id);
        BlobUpload two = blobs().begin(other, id, DigestAlgorithm.SHA256, STARTED_AT);

        append(one, text("one"));
        append(two, text("two"));
        one.commit(Digest.of(text("one")));
        two.commit(Digest.of(text("two")));

        assertThat(read(blobs(), Digest.of(text("one")))).contains(text("one"));
        assertThat(read(blobs(), Digest.of(text("two")))).contains(text("two"));
    }

    @Test
    void anUploadGoesOnWhereABrokenOneStopped() throws IOException {
        BlobUpload upload = begin(blobs());
        append(upload, LARGE, 0, 1_000_000);
        BlobUpload resumed = blobs().resume(REPOSITORY, upload.id()).orElseThrow();

        append(resumed, LARGE, (int) resumed.size(), LARGE.length);
        resumed.commit(Digest.of(LARGE));

        assertThat(read(blobs(), Digest.of(LARGE))).contains(LARGE);
    }

    @ParameterizedTest
    @CsvSource({"SHA256, SHA256", "SHA512, SHA512", "SHA256, SHA512"})
    void anUploadSurvivesClosing(DigestAlgorithm begun, DigestAlgorithm committed) throws IOException {
        UploadId id = UploadId.random();
        append(blobs().begin(REPOSITORY, id, begun, STARTED_AT), LARGE, 0, 3_000_000);

        reopen();
        BlobUpload resumed = blobs().resume(REPOSITORY, id).orElseThrow();

        assertThat(resumed.size()).isEqualTo(3_000_000);
        assertThat(resumed.startedAt()).isEqualTo(STARTED_AT);
        append(resumed, LARGE, 3_000_000, 4_000_000);
        append(resumed, LARGE, 4_000_000, LARGE.length);
        resumed.commit(committed.digest(LARGE));
        assertThat(read(blobs(), committed.digest(LARGE))).contains(LARGE);
    }

    @Test
    void anUploadIsCommittedAfterClosing() throws IOException {
        UploadId empty = begin(blobs()).id();
        BlobUpload whole = begin(blobs());
        append(whole, text("content"));

        reopen();

        blobs().resume(REPOSITORY, whole.id()).orElseThrow().commit(Digest.of(text("content")));
        blobs().resume(REPOSITORY, empty).orElseThrow().commit(Digest.of(new byte[0]));
        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
        assertThat(read(blobs(), Digest.of(new byte[0]))).contains(new byte[0]);
    }

    @Test
    void anUploadIsCancelledAfterClosing() throws IOException {
        UploadId id = begin(blobs()).id();

        reopen();
        blobs().resume(REPOSITORY, id).orElseThrow().cancel();

        assertThat(blobs().resume(REPOSITORY, id)).isEmpty();
    }
}
