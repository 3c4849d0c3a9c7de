package dev.berth.registry;

import java.io.IOException;

/** A blob of a repository: known by digest and size, opened only when its bytes are wanted. */
public interface Blob {

    /** What is known without opening it. Its media type is {@code application/octet-stream}: only manifests say more. */
    Descriptor descriptor();

    /**
     * Opens the bytes; the caller closes them.
     *
     * @throws RegistryException {@link ErrorCode#BLOB_UNKNOWN} if the blob has gone since it was looked up
     * @throws IOException if the bytes cannot be read
     */
    BlobContent open() throws IOException;
}
