package dev.berth.registry.engine;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.time.Instant;

/** An upload whose blob, once it is whole, is linked in the repository it was meant for. */
record LinkingUpload(RepositoryName repository, BlobUpload upload, StoredBlobs blobs) implements BlobUpload {

    @Override
    public UploadId id() {
        return upload.id();
    }

    @Override
    public Instant startedAt() {
        return upload.startedAt();
    }

    @Override
    public long size() throws IOException {
        return upload.size();
    }

    @Override
    public BlobWriter append() throws IOException {
        return upload.append();
    }

    @Override
    public Descriptor commit(Digest expected) throws IOException {
        return blobs.commit(repository, upload, expected);
    }

    @Override
    public void cancel() throws IOException {
        upload.cancel();
    }
}
