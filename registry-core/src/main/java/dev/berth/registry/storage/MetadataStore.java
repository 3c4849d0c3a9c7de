package dev.berth.registry.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps small facts, one for each key. A value is written whole or not at all, and a fact is never part of a list that has
 * to be read, changed and written again. Safe for use by several threads.
 *
 * <p>A key is a path: segments of printable ASCII without {@code /}, none empty, {@code .} or {@code ..}, joined by
 * {@code /}. A key that is the beginning of another by whole segments never has a value. Values have at most a few thousand
 * bytes.
 */
public interface MetadataStore {

    /** The value of a key, or empty if it has none. */
    Optional<byte[]> get(String key) throws IOException;

    /** Whether a key has a value; cheaper than getting it. */
    boolean contains(String key) throws IOException;

    /** When a key was last given a value, be it the one that it had, by the store's clock; empty if it has none. */
    Optional<Instant> changedAt(String key) throws IOException;

    /** Gives a key a value, whatever it had before. */
    void put(String key, byte[] value) throws IOException;

    /** Gives a key a value if it has none, as one step. Returns whether it did. */
    boolean create(String key, byte[] value) throws IOException;

    /** Gives a key a value if it has the one expected, as one step. Returns whether it did. */
    boolean replace(String key, byte[] expected, byte[] value) throws IOException;

    /** Takes a key's value away. Returns whether it had one. */
    boolean delete(String key) throws IOException;

    /**
     * Takes a key's value away where it does no harm if a power cut brings it back, and so need not wait for the disk. Returns
     * whether it had one.
     */
    default boolean discard(String key) throws IOException {
        return delete(key);
    }

    /**
     * Lists the segments that follow {@code parent} in the keys that have values, each once, in the order of their
     * characters' codes. A segment below which nothing is left may be among them, where somebody deleted half a tree: who
     * needs to know looks for the key itself. Costs no more the further behind a page is.
     *
     * @param parent a path of whole segments, or the empty string for the top
     * @param after only segments behind this one, which need not exist
     * @param limit the most segments to return, at least 1
     */
    List<String> children(String parent, Optional<String> after, int limit) throws IOException;

    /**
     * Shows all children of a key, in any order and each once; what comes or goes meanwhile is shown or not. The visitor may delete
     * what it is shown. Cheaper than page after page, where there are many.
     */
    default void forEachChild(String parent, Visitor<String> visitor) throws IOException {
        int most = 1000;
        Optional<String> after = Optional.empty();
        List<String> page;
        do {
            page = children(parent, after, most);
            for (String child : page) {
                visitor.visit(child);
                after = Optional.of(child);
            }
        } while (page.size() == most);
    }
}
