package dev.berth.registry.testkit.engine;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.KeptBlob;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.Visitor;
import dev.berth.registry.testkit.storage.ForwardingBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** A storage in which something happens just before, or just after, something else is done: once, on the thread that does it. */
final class WatchedStorage implements Storage {

    private final Storage storage;
    private final AtomicReference<Predicate<String>> awaited = new AtomicReference<>(done -> false);
    private volatile Moment moment = () -> {};

    WatchedStorage(Storage storage) {
        this.storage = storage;
    }

    interface Moment {
        void run() throws IOException;
    }

    /** @param step such as {@code before delete repositories/a/…}, {@code after open sha256:…} */
    void at(Predicate<String> step, Moment happening) {
        moment = happening;
        awaited.set(step);
    }

    boolean hasHappened() {
        return awaited.get() == null;
    }

    private void step(String step) throws IOException {
        Predicate<String> predicate = awaited.get();
        if (predicate != null && predicate.test(step) && awaited.compareAndSet(predicate, null)) {
            moment.run();
        }
    }

    @Override
    public BlobStore blobs() {
        return new Blobs(storage.blobs());
    }

    @Override
    public MetadataStore metadata() {
        return new Metadata(storage.metadata());
    }

    @Override
    public void tidy() throws IOException {
        step("before tidy");
        storage.tidy();
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }

    private final class Blobs extends ForwardingBlobStore {

        Blobs(BlobStore blobs) {
            super(blobs);
        }

        @Override
        public Optional<BlobContent> open(Digest digest) throws IOException {
            step("before open " + digest);
            return super.open(digest);
        }

        @Override
        public void put(Digest digest, ByteBuffer content) throws IOException {
            super.put(digest, content);
            step("after put " + digest);
        }

        @Override
        public boolean delete(Digest digest) throws IOException {
            step("before delete " + digest);
            return super.delete(digest);
        }

        @Override
        public void forEachBlob(Visitor<KeptBlob> visitor) throws IOException {
            step("before blobs");
            super.forEachBlob(blob -> {
                step("before visit " + blob.digest());
                visitor.visit(blob);
            });
        }
    }

    private final class Metadata implements MetadataStore {

        private final MetadataStore metadata;

        Metadata(MetadataStore metadata) {
            this.metadata = metadata;
        }

        @Override
        public Optional<byte[]> get(String key) throws IOException {
            Optional<byte[]> value = metadata.get(key);
            step("after get " + key);
            return value;
        }

        @Override
        public boolean contains(String key) throws IOException {
            return metadata.contains(key);
        }

        @Override
        public Optional<Instant> changedAt(String key) throws IOException {
            Optional<Instant> time = metadata.changedAt(key);
            step("after changedAt " + key);
            return time;
        }

        @Override
        public void put(String key, byte[] value) throws IOException {
            step("before put " + key);
            metadata.put(key, value);
        }

        @Override
        public boolean create(String key, byte[] value) throws IOException {
            return metadata.create(key, value);
        }

        @Override
        public boolean replace(String key, byte[] expected, byte[] value) throws IOException {
            return metadata.replace(key, expected, value);
        }

        @Override
        public boolean delete(String key) throws IOException {
            step("before delete " + key);
            boolean deleted = metadata.delete(key);
            step("after delete " + key);
            return deleted;
        }

        @Override
        public List<String> children(String parent, Optional<String> after, int limit) throws IOException {
            return metadata.children(parent, after, limit);
        }
    }
}
