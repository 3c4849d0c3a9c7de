package dev.berth.registry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A manifest: its exact bytes, which are never written anew, and what they say. Any JSON object is one; of the fields that
 * the OCI Image Specification and Docker's image manifest schema 2 define, those that a registry acts on can be asked for.
 *
 * <p>Immutable.
 */
public final class Manifest {

    private final ByteBuffer content;
    private final Descriptor descriptor;
    private final ManifestFields fields;

    private Manifest(ByteBuffer content, Descriptor descriptor, ManifestFields fields) {
        this.content = content;
        this.descriptor = descriptor;
        this.fields = fields;
    }

    /**
     * Reads a manifest that somebody brings.
     *
     * @param content the bytes; they are copied
     * @param contentType the type that was declared beside the bytes, where one was; parameters behind a semicolon are ignored
     * @param algorithm what to name it by
     * @throws RegistryException {@link ErrorCode#MANIFEST_INVALID} if the bytes are no JSON object, a field of the
     *     specification has a wrong form, or the type declared is not the one that the manifest gives itself
     */
    public static Manifest parse(byte[] content, Optional<String> contentType, DigestAlgorithm algorithm) {
        byte[] own = content.clone();
        return of(own, contentType, algorithm.digest(own));
    }

    /**
     * Reads a manifest whose digest is already known to be right, such as one that comes from a store.
     *
     * @param content the bytes, which nobody may change afterwards
     * @param contentType as in {@link #parse}
     * @param digest the digest of the bytes; it is not computed again
     * @throws RegistryException as in {@link #parse}
     */
    public static Manifest of(byte[] content, Optional<String> contentType, Digest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(content).asReadOnlyBuffer();
        return of(bytes, ManifestFields.read(content), contentType, digest);
    }

    private static Manifest of(ByteBuffer content, ManifestFields fields, Optional<String> contentType, Digest digest) {
        String mediaType = fields.mediaType(contentType);
        Descriptor descriptor = new Descriptor(mediaType, digest, content.remaining())
                .withArtifact(fields.artifactType(), fields.annotations());
        return new Manifest(content, descriptor, fields);
    }

    /**
     * Media type, digest and size, and the artifact type and annotations as a list of referrers shows them: the artifact
     * type of an image manifest that names none is its config's media type.
     */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** The digest of the bytes. */
    public Digest digest() {
        return descriptor.digest();
    }

    /** The type that the manifest gives itself, or else was declared when it was pushed, or else that its fields suggest. */
    public String mediaType() {
        return descriptor.mediaType();
    }

    /** The type that the bytes alone give, as whoever finds them without their declared type must take them to have. */
    public String mediaTypeOfContent() {
        return fields.mediaType(Optional.empty());
    }

    /**
     * The same bytes, as of the type that was declared beside them.
     *
     * @throws RegistryException as in {@link #parse}
     */
    public Manifest withDeclaredType(String contentType) {
        return of(content, fields, Optional.of(contentType), descriptor.digest());
    }

    /** Whether the bytes name their type themselves, so that no other can have been declared beside them. */
    public boolean namesItsType() {
        return fields.namesItsType();
    }

    /** The bytes, to read only. */
    public ByteBuffer content() {
        return content.duplicate();
    }

    /** What this manifest is about, such as the image that it is a signature of. */
    public Optional<Descriptor> subject() {
        return fields.subject();
    }

    /** The image's configuration. */
    public Optional<Descriptor> config() {
        return fields.config();
    }

    /** The image's layers, or an artifact's blobs, in order. */
    public List<Descriptor> layers() {
        return fields.layers();
    }

    /** The manifests of an index or a manifest list, in order. */
    public List<Descriptor> manifests() {
        return fields.manifests();
    }

    /** What this manifest is made of, in order: its config and its layers, or its manifests. The subject is not part of it. */
    public List<Descriptor> references() {
        List<Descriptor> all = new ArrayList<>();
        config().ifPresent(all::add);
        all.addAll(layers());
        all.addAll(manifests());
        return all;
    }

    /** Every blob that has to be in the repository for this manifest to be whole; foreign layers do not. */
    public List<Descriptor> requiredBlobs() {
        List<Descriptor> blobs = new ArrayList<>();
        config().ifPresent(blobs::add);
        for (Descriptor layer : layers()) {
            if (!MediaTypes.isForeignLayer(layer.mediaType())) {
                blobs.add(layer);
            }
        }
        return blobs;
    }

    /** Whether it is of Docker's image manifest version 2 schema 1, which nobody should push any more. */
    public boolean isSchema1() {
        return mediaType().equals(MediaTypes.DOCKER_SCHEMA1)
                || mediaType().equals(MediaTypes.DOCKER_SCHEMA1_SIGNED)
                || fields.isSchema1();
    }

    /** Manifests of the same bytes and media type are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest manifest && descriptor.equals(manifest.descriptor);
    }

    @Override
    public int hashCode() {
        return descriptor.hashCode();
    }

    @Override
    public String toString() {
        return "Manifest[" + mediaType() + ", " + digest() + "]";
    }
}
