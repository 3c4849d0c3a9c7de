package dev.berth.registry.layer;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.layer.QuotaLedger.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * An upload whose bytes count as they come, and beforehand where they are announced. One that does not fit is ended, so that
 * what has come of it takes no room.
 */
final class QuotaUpload extends ForwardingUpload {

    private final QuotaShare share;

    QuotaUpload(BlobUpload next, QuotaShare share) {
        super(next);
        this.share = share;
    }

    @Override
    public BlobWriter append(OptionalLong announced) throws IOException {
        BlobWriter writer = super.append(announced);
        try {
            share.upload(id(), size());
            reserve(announced.orElse(0), writer);
            return new Writer(writer, announced.orElse(0));
        } catch (RegistryException | IOException e) {
            writer.close();
            throw e;
        }
    }

    private void reserve(long bytes, BlobWriter writer) throws IOException {
        try {
            share.reserve(Kind.BYTES, bytes);
        } catch (RegistryException e) {
            writer.close();
            cancel();
            throw e;
        }
    }

    @Override
    public Descriptor commit(Digest expected) throws IOException {
        share.becomesContent(id(), true);
        try {
            Descriptor blob = super.commit(expected);
            share.uploadCame(id(), blob);
            return blob;
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.DIGEST_INVALID || e.code() == ErrorCode.BLOB_UPLOAD_UNKNOWN) {
                share.uploadEnded(id());
            }
            throw e;
        } finally {
            share.becomesContent(id(), false);
        }
    }

    @Override
    public void cancel() throws IOException {
        super.cancel();
        share.uploadEnded(id());
    }

    /** Counts what is written. */
    private final class Writer implements BlobWriter {

        private final BlobWriter next;
        private long reserved;
        private boolean closed;

        Writer(BlobWriter next, long reserved) {
            this.next = next;
            this.reserved = reserved;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            long length = bytes.remaining();
            if (length > reserved) {
                reserve(length - reserved, next);
                reserved = length;
            }
            next.write(bytes);
            reserved -= length;
            share.uploadGrew(id(), length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                share.giveBack(Kind.BYTES, reserved);
            }
            next.close();
        }
    }
}
