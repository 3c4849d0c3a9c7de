package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import java.io.IOException;

/** Is shown all that an image is made of, each content once, and nothing before what it refers to. */
public interface ContentVisitor {

    /**
     * Looks at a configuration, a layer or another blob.
     *
     * @param content as it is, not held against the descriptor; {@link ByteSource#verified} does that
     */
    void blob(Descriptor descriptor, ByteSource content) throws IOException;

    /** Looks at an image manifest or an index; the one where it all began comes last. */
    void manifest(Image image) throws IOException;

    /**
     * Is told of a blob that a manifest refers to and that is not there.
     *
     * @throws IOException saying so, unless overridden
     */
    default void missing(Descriptor descriptor) throws IOException {
        throw new IOException(
                descriptor.digest() + " (" + descriptor.mediaType() + ") is missing where the image comes from");
    }
}
