package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.REPOSITORY;
import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.put;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.KeptBlob;
import dev.berth.registry.storage.KeptUpload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.Test;

/** What a {@link dev.berth.registry.storage.Storage} tells about all that it keeps, to those who clean up in it. */
public abstract class UpkeepContract extends StorageContract {

    private static final String KEY = "repositories/team/app/_layers/sha256/abc/link";

    /** Some stores keep whole seconds, and a server's clock is not ours. */
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private static final RepositoryName NESTED = new RepositoryName(REPOSITORY + "/nested");

    /** For subclasses. */
    protected UpkeepContract() {}

    @Test
    void aFactHasTheTimeItWasWritten() throws IOException {
        assertThat(metadata().changedAt(KEY)).isEmpty();

        metadata().put(KEY, text("1"));

        Instant first = metadata().changedAt(KEY).orElseThrow();
        assertThat(first).isCloseTo(Instant.now(), within());
        metadata().put(KEY, text("1"));
        assertThat(metadata().changedAt(KEY).orElseThrow()).isAfterOrEqualTo(first);
        metadata().delete(KEY);
        assertThat(metadata().changedAt(KEY)).isEmpty();
    }

    @Test
    void factsThatAreCreatedOrReplacedHaveATime() throws IOException {
        metadata().create("a/created", text("1"));
        metadata().put("a/replaced", text("1"));
        metadata().replace("a/replaced", text("1"), text("2"));

        for (String key : List.of("a/created", "a/replaced")) {
            assertThat(metadata().changedAt(key).orElseThrow()).isCloseTo(Instant.now(), within());
        }
    }

    @Test
    void whatIsAboveOrBelowAFactHasNoTime() throws IOException {
        metadata().put("a/b/c", text("1"));

        for (String key : List.of("a", "a/b", "a/b/c/d", "a/b/c/d/e")) {
            assertThat(metadata().changedAt(key)).as(key).isEmpty();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> metadata().changedAt("a/../b"));
    }

    @Test
    void allBlobsAreShownOnce() throws IOException {
        Map<Digest, Long> expected = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            byte[] content = bytes(100 + i);
            DigestAlgorithm algorithm = i % 2 == 0 ? DigestAlgorithm.SHA256 : DigestAlgorithm.SHA512;
            blobs().put(algorithm.digest(content), ByteBuffer.wrap(content));
            expected.put(algorithm.digest(content), (long) content.length);
        }
        BlobUpload upload = begin(blobs());
        append(upload, text("uploaded"));
        upload.commit(Digest.of(text("uploaded")));
        expected.put(Digest.of(text("uploaded")), 8L);
        append(begin(blobs()), text("not committed"));
        put(blobs(), text("deleted"));
        blobs().delete(Digest.of(text("deleted")));

        List<KeptBlob> shown = allBlobs();

        assertThat(shown).hasSameSizeAs(expected.keySet());
        for (KeptBlob blob : shown) {
            assertThat(expected).containsEntry(blob.digest(), blob.size());
            assertThat(blob.changedAt()).isCloseTo(Instant.now(), within());
        }
    }

    @Test
    void blobsThatAreShownCanBeDeleted() throws IOException {
        for (int i = 0; i < 50; i++) {
            put(blobs(), bytes(100 + i));
        }

        blobs().forEachBlob(blob -> assertThat(blobs().delete(blob.digest())).isTrue());

        assertThat(allBlobs()).isEmpty();
    }

    @Test
    void aVisitorEndsTheVisit() throws IOException {
        put(blobs(), text("1"));
        append(begin(blobs()), text("2"));

        assertThatThrownBy(() -> blobs().forEachBlob(blob -> {
                    throw new IOException("enough");
                }))
                .hasMessage("enough");
        assertThatThrownBy(() -> blobs().forEachUpload(upload -> {
                    throw new IOException("enough");
                }))
                .hasMessage("enough");
    }

    @Test
    void uploadsAreShownUntilTheyEnd() throws IOException {
        BlobUpload open = begin(blobs());
        append(open, text("some"));
        BlobUpload nested = blobs().begin(
                        NESTED, new UploadId("nested"), DigestAlgorithm.SHA512, Instant.parse("2024-02-29T12:34:56Z"));
        BlobUpload committed = begin(blobs());
        committed.commit(Digest.of(text("")));
        begin(blobs()).cancel();

        List<KeptUpload> shown = allUploads();

        assertThat(shown)
                .extracting(KeptUpload::repository, KeptUpload::id, KeptUpload::size)
                .containsExactlyInAnyOrder(tuple(REPOSITORY, open.id(), 4L), tuple(NESTED, nested.id(), 0L));
        assertThat(shown).allSatisfy(upload -> assertThat(upload.changedAt()).isCloseTo(Instant.now(), within()));
    }

    @Test
    void anUploadExpiresWhenItHasRested() throws IOException {
        BlobUpload upload = begin(blobs());
        append(upload, text("some"));

        assertThat(expire(upload, Instant.now().minus(TOLERANCE)))
                .as("too young")
                .isFalse();
        assertThat(upload.size()).isEqualTo(4);

        assertThat(expire(upload, Instant.now().plus(TOLERANCE))).isTrue();
        assertThat(expire(upload, Instant.now().plus(TOLERANCE))).as("twice").isFalse();
        assertThat(blobs().resume(REPOSITORY, upload.id())).isEmpty();
        assertThat(catchThrowableOfType(RegistryException.class, upload::append).code())
                .isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        assertThat(allUploads()).isEmpty();
    }

    @Test
    void anUploadThatIsBeingWrittenDoesNotExpire() throws IOException {
        BlobUpload upload = begin(blobs());
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(text("some")));

            assertThat(expire(upload, Instant.now().plus(TOLERANCE))).isFalse();

            writer.write(ByteBuffer.wrap(text("thing")));
        }
        upload.commit(Digest.of(text("something")));
        assertThat(read(blobs(), Digest.of(text("something")))).contains(text("something"));
    }

    @Test
    void expiringAndWritingExcludeEachOther() throws Exception {
        for (int round = 0; round < 50; round++) {
            BlobUpload upload = begin(blobs());
            List<Boolean> done = Race.of(
                    2, index -> index == 0 ? expire(upload, Instant.now().plus(TOLERANCE)) : isCommitted(upload));

            assertThat(done).as("expired, committed").containsExactlyInAnyOrder(true, false);
        }
        assertThat(read(blobs(), Digest.of(text("some")))).contains(text("some"));
    }

    private static boolean isCommitted(BlobUpload upload) throws IOException {
        try {
            append(upload, text("some"));
            upload.commit(Digest.of(text("some")));
            return true;
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
            return false;
        }
    }

    @Test
    void aBlobInQuarantineIsOutOfReach() throws IOException {
        byte[] content = text("content");
        put(blobs(), content);

        boolean moved = blobs().quarantine(Digest.of(content)).isPresent();

        assertThat(blobs().size(Digest.of(content)).isEmpty()).isEqualTo(moved);
        put(blobs(), content);
        assertThat(read(blobs(), Digest.of(content))).contains(content);
        assertThat(blobs().quarantine(Digest.of(text("absent")))).isEmpty();
    }

    @Test
    void tidyingTouchesNoContent() throws IOException {
        put(blobs(), text("content"));
        metadata().put(KEY, text("1"));
        BlobUpload upload = begin(blobs());
        append(upload, text("some"));

        tidy();

        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
        assertThat(metadata().get(KEY)).contains(text("1"));
        assertThat(upload.size()).isEqualTo(4);
    }

    private boolean expire(BlobUpload upload, Instant limit) throws IOException {
        return blobs().expire(REPOSITORY, upload.id(), limit);
    }

    private List<KeptBlob> allBlobs() throws IOException {
        List<KeptBlob> all = new ArrayList<>();
        blobs().forEachBlob(all::add);
        return all;
    }

    private List<KeptUpload> allUploads() throws IOException {
        List<KeptUpload> all = new ArrayList<>();
        blobs().forEachUpload(all::add);
        return all;
    }

    private static TemporalUnitOffset within() {
        return Assertions.within(TOLERANCE.toSeconds(), ChronoUnit.SECONDS);
    }
}
