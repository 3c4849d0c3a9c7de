package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.ReferenceCheck;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Writes what it is shown into a storage, whatever a registry would say of it. */
final class StoragePlant implements ContentVisitor {

    private static final int MOST_WRONG = 64 << 20;

    private final Storage storage;
    private final RepositoryName repository;
    private final StoredRegistry registry;
    private final RegistryPush push;

    StoragePlant(Storage storage, RepositoryName repository, Digest root, List<Tag> tags) {
        this.storage = storage;
        this.repository = repository;
        registry = new StoredRegistry(
                storage,
                RegistryOptions.defaults()
                        .withReferenceCheck(ReferenceCheck.NONE)
                        .withManifestCache(0));
        push = new RegistryPush(registry, repository, Optional.empty(), root, tags);
    }

    @Override
    public void blob(Descriptor descriptor, ByteSource content) throws IOException {
        try {
            push.blob(descriptor, content);
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.DIGEST_INVALID) {
                throw e;
            }
            putWrong(descriptor.digest(), content);
        }
    }

    private void putWrong(Digest digest, ByteSource content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] bytes = in.readNBytes(MOST_WRONG + 1);
            if (bytes.length > MOST_WRONG) {
                throw new IOException("A blob with a wrong digest can have " + MOST_WRONG + " bytes: make it smaller");
            }
            storage.blobs().put(digest, ByteBuffer.wrap(bytes));
        }
        registry.mountBlob(repository, digest, Optional.empty());
    }

    @Override
    public void manifest(Image image) throws IOException {
        push.manifest(image);
    }

    @Override
    public void missing(Descriptor descriptor) {}
}
