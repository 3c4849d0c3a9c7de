package dev.berth.registry.testkit.storage;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.layer.ForwardingUpload;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.StorageSpace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A storage that knows which of its handles are open and where each was opened. Put it below a registry under test and ask
 * {@link #openHandles()} at the end. Safe for use by several threads.
 */
public final class TrackedStorage implements Storage {

    private final Storage storage;
    private final BlobStore blobs;
    private final ConcurrentMap<Closeable, Opened> open = new ConcurrentHashMap<>();

    /** Tracks the handles of {@code storage}, which is closed together with this one. */
    public TrackedStorage(Storage storage) {
        this.storage = storage;
        this.blobs = new TrackedBlobs(storage.blobs());
    }

    /** Where a handle was opened, as an exception that nobody throws: its stack trace says it. */
    public static final class Opened extends Exception {

        private static final long serialVersionUID = 1L;

        private Opened(String what) {
            super(what + " opened by " + Thread.currentThread().getName());
        }
    }

    /** The blobs and writers that nobody has closed yet. */
    public List<Opened> openHandles() {
        return List.copyOf(open.values());
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public MetadataStore metadata() {
        return storage.metadata();
    }

    @Override
    public void check() throws IOException {
        storage.check();
    }

    @Override
    public Optional<StorageSpace> space() throws IOException {
        return storage.space();
    }

    @Override
    public void tidy() throws IOException {
        storage.tidy();
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }

    @Override
    public String toString() {
        return storage.toString();
    }

    private <T extends Closeable> T track(T handle, String what) {
        open.put(handle, new Opened(what));
        return handle;
    }

    private final class TrackedBlobs extends ForwardingBlobStore {

        TrackedBlobs(BlobStore blobs) {
            super(blobs);
        }

        @Override
        public Optional<BlobContent> open(Digest digest) throws IOException {
            return super.open(digest).map(content -> track(new TrackedContent(content), "blob " + digest));
        }

        @Override
        public BlobUpload begin(RepositoryName repository, UploadId id, DigestAlgorithm algorithm, Instant startedAt)
                throws IOException {
            return new TrackedUpload(super.begin(repository, id, algorithm, startedAt));
        }

        @Override
        public Optional<BlobUpload> resume(RepositoryName repository, UploadId id) throws IOException {
            return super.resume(repository, id).map(TrackedUpload::new);
        }
    }

    private final class TrackedContent implements BlobContent {

        private final BlobContent content;

        TrackedContent(BlobContent content) {
            this.content = content;
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return content.read(target, position);
        }

        @Override
        public Optional<FileChannel> file() {
            return content.file();
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            content.close();
        }
    }

    private final class TrackedUpload extends ForwardingUpload {

        TrackedUpload(BlobUpload upload) {
            super(upload);
        }

        @Override
        public BlobWriter append(OptionalLong announced) throws IOException {
            return track(new TrackedWriter(super.append(announced)), "writer of upload " + id());
        }
    }

    private final class TrackedWriter implements BlobWriter {

        private final BlobWriter writer;

        TrackedWriter(BlobWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            writer.write(bytes);
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            writer.close();
        }
    }
}
