package dev.berth.registry.layer;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/** Passes everything on. A layer that has to do with uploads extends this and overrides what it changes. */
public abstract class ForwardingUpload implements BlobUpload {

    private final BlobUpload next;

    /** An upload in front of {@code next}. */
    protected ForwardingUpload(BlobUpload next) {
        this.next = next;
    }

    /** The upload behind this one. */
    protected final BlobUpload next() {
        return next;
    }

    @Override
    public UploadId id() {
        return next.id();
    }

    @Override
    public Instant startedAt() {
        return next.startedAt();
    }

    @Override
    public long size() throws IOException {
        return next.size();
    }

    /** Comes to the method that is told how much will be written, which is the one to override. */
    @Override
    public final BlobWriter append() throws IOException {
        return append(OptionalLong.empty());
    }

    @Override
    public BlobWriter append(OptionalLong announced) throws IOException {
        return next.append(announced);
    }

    @Override
    public Descriptor commit(Digest expected) throws IOException {
        return next.commit(expected);
    }

    @Override
    public void cancel() throws IOException {
        next.cancel();
    }
}
