package dev.berth.registry.image;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Pushes what it is shown, and tags the root.
 *
 * @param origin the repository of the same registry that the content comes from, if it does
 */
record RegistryPush(
        Registry registry, RepositoryName repository, Optional<RepositoryName> origin, Digest root, List<Tag> tags)
        implements ContentVisitor {

    private static final int BUFFER = 1 << 16;

    @Override
    public void blob(Descriptor descriptor, ByteSource content) throws IOException {
        if (registry.blob(repository, descriptor.digest()).isEmpty() && !mounted(descriptor.digest())) {
            upload(descriptor.digest(), content);
        }
    }

    private boolean mounted(Digest digest) throws IOException {
        return origin.isPresent()
                && registry.mountBlob(repository, digest, origin).isPresent();
    }

    private void upload(Digest digest, ByteSource content) throws IOException {
        BlobUpload upload = registry.beginUpload(repository, digest.algorithm());
        try {
            try (InputStream in = content.open();
                    BlobWriter writer = upload.append()) {
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    writer.write(ByteBuffer.wrap(buffer, 0, n));
                }
            }
            upload.commit(digest);
        } catch (IOException | RuntimeException e) {
            cancelAfter(e, upload);
            throw e;
        }
    }

    private static void cancelAfter(Exception trouble, BlobUpload upload) {
        try {
            upload.cancel();
        } catch (IOException | RuntimeException e) {
            trouble.addSuppressed(e);
        }
    }

    @Override
    public void manifest(Image image) throws IOException {
        registry.putManifest(repository, image.manifest(), image.digest().equals(root) ? tags : List.of());
    }

    @Override
    public void missing(Descriptor descriptor) throws IOException {
        if (registry.blob(repository, descriptor.digest()).isEmpty()) {
            ContentVisitor.super.missing(descriptor);
        }
    }
}
