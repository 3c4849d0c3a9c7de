package dev.berth.registry.image.archive;

import dev.berth.registry.Digest;
import dev.berth.registry.image.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Files by their path in a directory or a tar. */
interface ArchiveFiles {

    /** As much as a manifest may have, and what is as long as it has manifests. */
    int MOST_JSON = 8 << 20;

    /**
     * A file, or empty if there is none.
     *
     * @param path relative, without {@code ..}
     */
    Optional<ByteSource> file(String path) throws IOException;

    /** The bytes of a file that has to be small; empty if there is none. */
    default Optional<byte[]> small(String path) throws IOException {
        Optional<ByteSource> file = file(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = file.get().open()) {
            byte[] bytes = in.readNBytes(MOST_JSON + 1);
            if (bytes.length > MOST_JSON) {
                throw new IOException(
                        path + " in " + this + " has more than " + MOST_JSON + " bytes, which is the limit");
            }
            return Optional.of(bytes);
        }
    }

    /** Where layouts keep a blob. */
    static String blob(Digest digest) {
        return "blobs/" + digest.algorithm().id() + "/" + digest.hex();
    }
}
