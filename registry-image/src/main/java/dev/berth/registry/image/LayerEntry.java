package dev.berth.registry.image;

/**
 * One entry of a layer's tar.
 *
 * @param path as the tar has it, without a leading or trailing {@code /} or {@code ./}; the root is empty
 * @param kind what it is
 * @param size how many bytes its content has; 0 for all but files
 * @param attributes mode, owner and time
 * @param target where a link leads, as the tar has it; empty for all else
 */
public record LayerEntry(String path, Kind kind, long size, Attributes attributes, String target) {

    /** Begins the name of what takes a file of the layers below away. */
    static final String WHITEOUT = ".wh.";

    /** The name of what takes away all that the layers below have in its directory. */
    static final String OPAQUE = ".wh..wh..opq";

    /** What an entry is. */
    public enum Kind {
        /** A file with content. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link. */
        SYMLINK,
        /** Another name for a file of the layer. */
        HARD_LINK,
        /** A device or pipe. */
        OTHER
    }

    /** Whether it takes a file or directory of the layers below away, or all that they have in a directory. */
    public boolean isWhiteout() {
        return name().startsWith(WHITEOUT);
    }

    /** Whether it takes away all that the layers below have in its directory. */
    public boolean isOpaque() {
        return name().equals(OPAQUE);
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
