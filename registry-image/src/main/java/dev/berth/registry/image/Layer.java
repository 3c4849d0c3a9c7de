package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer of an image: a tar, most often compressed, known by the digest of its compressed bytes (OCI Image Specification,
 * "Image Layer Filesystem Changeset"). Its bytes are read or made anew whenever they are asked for. An artifact's blobs are
 * layers too, though few are tars.
 *
 * <p>Immutable; layers of the same descriptor are equal.
 */
public final class Layer {

    private final Descriptor descriptor;
    private final ByteSource content;
    private final Optional<Digest> knownDiffId;

    Layer(Descriptor descriptor, ByteSource content, Optional<Digest> knownDiffId) {
        this.descriptor = descriptor;
        this.content = content;
        this.knownDiffId = knownDiffId;
    }

    /** A layer to be put together from files. */
    public static LayerBuilder builder() {
        return new LayerBuilder();
    }

    /** A layer of one text file, compressed with gzip. */
    public static Layer of(String path, String content) {
        return builder().file(path, content).build();
    }

    /**
     * A layer of one file of random bytes, {@code /random.bin}, compressed with gzip, which makes it no smaller.
     *
     * @param size the size of the file in bytes
     */
    public static Layer random(long seed, long size) {
        return builder().random("/random.bin", seed, size).build();
    }

    /**
     * A layer of a tar that there is already, or of what is to be taken for one.
     *
     * @param tar not compressed
     */
    public static Layer ofTar(ByteSource tar, Compression compression) {
        return LayerContent.layer(out -> new CopyProducer(tar.open(), out), compression);
    }

    /**
     * A layer of bytes as they are, compressed or not, of any media type. They are read once.
     *
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    public static Layer ofBytes(String mediaType, ByteSource bytes) {
        LayerContent.Counted counted = LayerContent.count(bytes::open);
        return new Layer(new Descriptor(mediaType, counted.digest(), counted.size()), bytes, Optional.empty());
    }

    /** Media type, digest and size, as in the image's manifest. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** The digest of the bytes as they are stored, compressed or not. */
    public Digest digest() {
        return descriptor.digest();
    }

    /** How many bytes are stored. */
    public long size() {
        return descriptor.size();
    }

    /** The media type that the manifest gives it. */
    public String mediaType() {
        return descriptor.mediaType();
    }

    /**
     * Opens the bytes as they are stored; the caller closes the stream. At the end they are held against digest and size.
     *
     * @throws IOException if they are not there; while reading, if they are others
     */
    public InputStream open() throws IOException {
        return content.verified(descriptor).open();
    }

    /**
     * Opens the tar, without its compression, which is told by the first bytes and not by the media type.
     *
     * @throws IllegalStateException if it is zstd and its library is not on the class path
     */
    public InputStream openTar() throws IOException {
        return Compression.decompress(open());
    }

    /** How the bytes are compressed, by the first of them. */
    public Compression compression() throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(open(), 16)) {
            return Compression.of(in);
        }
    }

    /** The digest of the tar without its compression, as the image's configuration lists it. Reads a layer that was not built. */
    public Digest diffId() throws IOException {
        if (knownDiffId.isPresent()) {
            return knownDiffId.get();
        }
        MessageDigest hash = DigestAlgorithm.SHA256.newHash();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = openTar()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
        return DigestAlgorithm.SHA256.finish(hash);
    }

    /**
     * The tar's entries in its order, whiteouts too.
     *
     * @throws IOException if it is no tar, its bytes are not those that its digest names, or there are more than a million
     */
    public List<LayerEntry> entries() throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        forEachEntry((entry, unread) -> entries.add(entry));
        return List.copyOf(entries);
    }

    /**
     * Shows each entry with its content, in the order of the tar, and then holds the layer against its digest.
     *
     * @throws IOException as {@link #entries}
     */
    public void forEachEntry(EntryVisitor visitor) throws IOException {
        TarEntries.forEach(this, visitor);
    }

    /** The same layer under the media type of another format. */
    Layer as(ImageFormat format, Compression compression) {
        Descriptor own = descriptor;
        return new Layer(new Descriptor(format.layer(compression), own.digest(), own.size()), content, knownDiffId);
    }

    /** The bytes, not held against the digest. */
    ByteSource content() {
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layer layer && descriptor.equals(layer.descriptor);
    }

    @Override
    public int hashCode() {
        return descriptor.hashCode();
    }

    @Override
    public String toString() {
        return "Layer[" + mediaType() + ", " + digest() + ", " + size() + " bytes]";
    }

    /** Is shown the entries of a layer. */
    @FunctionalInterface
    public interface EntryVisitor {
        /**
         * Looks at one entry.
         *
         * @param content may be read until this returns; closing it does nothing
         */
        void visit(LayerEntry entry, InputStream content) throws IOException;
    }
}
