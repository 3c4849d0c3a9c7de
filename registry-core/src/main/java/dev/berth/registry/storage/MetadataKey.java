package dev.berth.registry.storage;

import dev.berth.registry.text.Quoted;

/**
 * The grammar of a {@link MetadataStore}'s keys. Every store checks the keys it is given here, so that none of them ever has
 * to wonder where a key may lead.
 */
public final class MetadataKey {

    private MetadataKey() {}

    /**
     * Returns {@code key}, or the path of a parent, if it is one.
     *
     * @throws IllegalArgumentException if a segment of it is empty, {@code .} or {@code ..}, or has a backslash or anything
     *     else but printable ASCII
     */
    public static String check(String key) {
        int start = 0;
        while (true) {
            int slash = key.indexOf('/', start);
            int end = slash < 0 ? key.length() : slash;
            if (!isSegment(key, start, end)) {
                throw new IllegalArgumentException("Not a metadata key: " + Quoted.of(key)
                        + "; it takes segments of printable ASCII without a backslash, none empty, '.' or '..',"
                        + " joined by '/'");
            }
            if (slash < 0) {
                return key;
            }
            start = slash + 1;
        }
    }

    /** Whether {@code text} can be one segment of a key. */
    public static boolean isSegment(String text) {
        return text.indexOf('/') < 0 && isSegment(text, 0, text.length());
    }

    private static boolean isSegment(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '\\') {
                return false;
            }
        }
        int length = end - start;
        boolean dots = length <= 2 && text.startsWith("..".substring(0, length), start);
        return !dots;
    }
}
