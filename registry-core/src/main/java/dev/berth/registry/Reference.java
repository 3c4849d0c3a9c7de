package dev.berth.registry;

/** What names a manifest in a repository: a {@link Tag}, which can move, or a {@link Digest}, which cannot. */
public sealed interface Reference permits Tag, Digest {

    /**
     * Reads a tag or a digest. What holds a colon is taken for a digest, since no tag can.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} or {@link ErrorCode#TAG_INVALID} if it is neither
     */
    static Reference parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : new Tag(text);
    }
}
