package dev.berth.registry.image;

import dev.berth.registry.Blob;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** A repository of a registry. */
record RegistrySource(Registry registry, RepositoryName repository) implements ContentSource {

    private static final int TAGS_IN_MESSAGE = 10;

    Optional<Image> find(Reference reference) throws IOException {
        Optional<Manifest> manifest = registry.manifest(repository, reference);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        Digest claimed =
                reference instanceof Digest digest ? digest : manifest.get().digest();
        Digest actual = claimed.algorithm().digest(manifest.get().content());
        if (!actual.equals(claimed)) {
            throw new IOException("The bytes of the manifest " + claimed + " are others: their digest is " + actual);
        }
        return Optional.of(Image.of(manifest.get(), this));
    }

    @Override
    public Optional<Image> manifest(Descriptor descriptor) throws IOException {
        return find(descriptor.digest());
    }

    @Override
    public Optional<ByteSource> blob(Descriptor descriptor) throws IOException {
        Optional<Blob> blob = registry.blob(repository, descriptor.digest());
        return blob.map(found -> ByteSource.of(found.descriptor().size(), () -> new BlobContentStream(found.open())));
    }

    /** What tags there are, for a message. */
    static String tags(Registry registry, RepositoryName repository) throws IOException {
        Optional<Page<Tag>> tags = registry.tags(repository, Optional.empty(), TAGS_IN_MESSAGE);
        if (tags.isEmpty()) {
            return "there is no such repository";
        }
        String some = tags.get().items().stream().map(Tag::value).collect(Collectors.joining(", "));
        return some.isEmpty()
                ? "it has no tags"
                : "its tags are " + some + (tags.get().more() ? ", …" : "");
    }
}
