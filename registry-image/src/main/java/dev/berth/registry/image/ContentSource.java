package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import java.io.IOException;
import java.util.Optional;

/**
 * Where that is which a manifest refers to: a registry, a directory, memory. Safe for use by several threads.
 *
 * <p>It need not hold bytes against digests: whoever reads them through an {@link Image} or a {@link Layer} is told.
 */
public interface ContentSource {

    /** A manifest of an index, or empty if it is not there. */
    Optional<Image> manifest(Descriptor descriptor) throws IOException;

    /** A configuration, a layer or another blob, or empty if it is not there. */
    Optional<ByteSource> blob(Descriptor descriptor) throws IOException;
}
