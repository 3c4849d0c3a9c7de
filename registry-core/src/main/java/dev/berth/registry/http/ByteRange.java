package dev.berth.registry.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a blob (RFC 9110, section 14).
 *
 * @param first the position of the first byte
 * @param length how many bytes; negative where the range asked for cannot be satisfied
 */
record ByteRange(long first, long length) {

    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final ByteRange UNSATISFIABLE = new ByteRange(0, -1);

    static ByteRange all(long size) {
        return new ByteRange(0, size);
    }

    /**
     * The range that a request asks for. Several at once, another unit, or one that goes with another version of the
     * content, are passed over: the whole is a valid answer to them.
     */
    static Optional<ByteRange> requested(RegistryRequest request, String etag, long size) {
        Optional<String> header = request.headers().first("Range");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> condition = request.headers().first("If-Range");
        if (condition.isPresent() && !condition.get().equals(etag)) {
            return Optional.empty();
        }
        Matcher matcher = SINGLE.matcher(header.get().replace(" ", ""));
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(of(matcher.group(1), matcher.group(2), size));
    }

    private static ByteRange of(String from, String to, long size) {
        if (from.isEmpty()) {
            long length = Math.min(Long.parseLong(to), size);
            return length == 0 ? UNSATISFIABLE : new ByteRange(size - length, length);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        return first > last ? UNSATISFIABLE : new ByteRange(first, last - first + 1);
    }

    boolean satisfiable() {
        return length >= 0;
    }

    /** The value of {@code Content-Range}. */
    String contentRange(long size) {
        return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
