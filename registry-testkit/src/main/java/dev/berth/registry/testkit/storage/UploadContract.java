package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.REPOSITORY;
import static dev.berth.registry.testkit.storage.Samples.STARTED_AT;
import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.put;
import static dev.berth.registry.testkit.storage.Samples.read;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large blobs come into a {@link dev.berth.registry.storage.BlobStore}. */
public abstract class UploadContract extends StorageContract {

    private static final byte[] LARGE = bytes((5 << 20) + 7);

    /** For subclasses. */
    protected UploadContract() {}

    @Test
    void anUploadBecomesABlob() throws IOException {
        BlobUpload upload = begin(blobs());
        append(upload, LARGE);
        Digest digest = Digest.of(LARGE);
        assertThat(blobs().size(digest)).as("before the commit").isEmpty();

        Descriptor descriptor = upload.commit(digest);

        assertThat(descriptor.digest()).isEqualTo(digest);
        assertThat(descriptor.size()).isEqualTo(LARGE.length);
        assertThat(blobs().size(digest)).hasValue(LARGE.length);
        assertThat(read(blobs(), digest)).contains(LARGE);
        assertThat(blobs().resume(REPOSITORY, upload.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 65_536, 300_000})
    void anUploadComesInPiecesOfAnySize(int most) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] content = bytes(most * 20);
        BlobUpload upload = begin(blobs());
        for (int at = 0; at < content.length; ) {
            try (BlobWriter writer = upload.append()) {
                for (int i = 0; i < 3 && at < content.length; i++) {
                    int length = Math.min(random.nextInt(most), content.length - at);
                    ByteBuffer piece = ByteBuffer.allocateDirect(length)
                            .put(content, at, length)
                            .flip();
                    writer.write(i % 2 == 0 ? piece : ByteBuffer.wrap(content, at, length));
                    at += length;
                }
            }
            assertThat(upload.size()).isEqualTo(at);
            upload = blobs().resume(REPOSITORY, upload.id()).orElseThrow();
        }

        upload.commit(Digest.of(content));

        assertThat(read(blobs(), Digest.of(content))).as("seed %d", seed).contains(content);
    }

    @Test
    void aWriterTakesAllThatRemainsInABuffer() throws IOException {
        BlobUpload upload = begin(blobs());
        ByteBuffer buffer = ByteBuffer.wrap(text("..content.."), 2, 7).asReadOnlyBuffer();
        try (BlobWriter writer = upload.append()) {
            writer.write(buffer);
            writer.write(buffer);
        }

        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(upload.size()).isEqualTo(7);
        upload.commit(Digest.of(text("content")));
        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadCanBeEmpty(boolean opened) throws IOException {
        BlobUpload upload = begin(blobs());
        if (opened) {
            upload.append().close();
        }
        assertThat(upload.size()).isZero();

        assertThat(upload.commit(Digest.of(new byte[0])).size()).isZero();

        assertThat(blobs().size(Digest.of(new byte[0]))).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"SHA256, SHA256", "SHA512, SHA512", "SHA256, SHA512", "SHA512, SHA256"})
    void theCommitDecidesTheAlgorithm(DigestAlgorithm begun, DigestAlgorithm committed) throws IOException {
        Digest digest = committed.digest(LARGE);
        BlobUpload upload = blobs().begin(REPOSITORY, UploadId.random(), begun, STARTED_AT);
        append(upload, LARGE);

        assertThat(upload.commit(digest).digest()).isEqualTo(digest);

        assertThat(read(blobs(), digest)).contains(LARGE);
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void anUploadWithAnotherDigestIsRefusedAndDropped(DigestAlgorithm algorithm) throws IOException {
        Digest expected = algorithm.digest(text("expected"));
        Digest actual = algorithm.digest(text("received"));
        BlobUpload upload = begin(blobs());
        append(upload, text("received"));

        RegistryException refusal = catchThrowableOfType(RegistryException.class, () -> upload.commit(expected));

        assertThat(refusal.code()).isEqualTo(ErrorCode.DIGEST_INVALID);
        assertThat(refusal.getMessage()).contains(expected.toString(), actual.toString());
        assertThat(refusal.errors().get(0).detail()).containsValues(expected.toString(), actual.toString());
        assertThat(blobs().size(expected)).isEmpty();
        assertThat(blobs().size(actual)).isEmpty();
        assertEnded(upload);
    }

    @Test
    void aCommittedUploadHasEnded() throws IOException {
        BlobUpload upload = begin(blobs());
        append(upload, text("content"));
        upload.commit(Digest.of(text("content")));

        assertEnded(upload);

        upload.cancel();
        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
    }

    @Test
    void aCancelledUploadHasEnded() throws IOException {
        BlobUpload upload = begin(blobs());
        append(upload, text("content"));

        upload.cancel();

        assertEnded(upload);
        upload.cancel();
        assertThat(blobs().size(Digest.of(text("content")))).isEmpty();
    }

    @Test
    void anUploadCanBeCancelledWhileItIsWritten() throws IOException {
        BlobUpload upload = begin(blobs());
        try (BlobWriter writer = upload.append()) {
            writer.write(ByteBuffer.wrap(text("con")));

            upload.cancel();

            try {
                writer.write(ByteBuffer.wrap(text("tent")));
            } catch (IOException | RegistryException e) {
                // It may be told so at once, or when it commits.
            }
        }
        assertEnded(upload);
        assertThat(blobs().size(Digest.of(text("content")))).isEmpty();
    }

    @Test
    void oneWriterAtATime() throws IOException {
        BlobUpload upload = begin(blobs());
        BlobUpload same = blobs().resume(REPOSITORY, upload.id()).orElseThrow();
        BlobWriter writer = upload.append();
        writer.write(ByteBuffer.wrap(text("con")));

        assertRefused(ErrorCode.RANGE_INVALID, same::append);
        assertRefused(ErrorCode.RANGE_INVALID, upload::append);
        assertRefused(ErrorCode.RANGE_INVALID, () -> same.commit(Digest.of(text("con"))));
        assertThat(same.size()).isEqualTo(3);

        writer.close();
        writer.close();
        append(same, text("tent"));
        upload.commit(Digest.of(text("content")));
        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
    }

    @Test
    void closingAWriterTwiceDoesNotTakeTheClaimOfAnother() throws IOException {
        BlobUpload upload = begin(blobs());
        BlobWriter first = upload.append();
        first.close();
        try (BlobWriter second = upload.append()) {
            first.close();

            assertRefused(ErrorCode.RANGE_INVALID, upload::append);
            second.write(ByteBuffer.wrap(text("content")));
        }
        upload.commit(Digest.of(text("content")));
    }

    @Test
    void anUploadOfWhatIsThereAlreadyEndsWell() throws IOException {
        put(blobs(), text("content"));
        BlobUpload upload = begin(blobs());
        append(upload, text("content"));

        assertThat(upload.commit(Digest.of(text("content"))).size()).isEqualTo(7);

        assertEnded(upload);
        assertThat(read(blobs(), Digest.of(text("content")))).contains(text("content"));
    }

    private void assertEnded(BlobUpload upload) throws IOException {
        assertThat(blobs().resume(REPOSITORY, upload.id())).isEmpty();
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, upload::append);
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> upload.commit(Digest.of(text("content"))));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable refused) {
        assertThat(catchThrowableOfType(RegistryException.class, refused).code())
                .isEqualTo(code);
    }
}
