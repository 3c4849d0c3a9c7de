package dev.berth.registry.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.text.Quoted;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a chunk goes in its upload (OCI Distribution Specification, "Pushing a blob in chunks").
 *
 * @param first the position of its first byte
 * @param last the position of its last byte
 */
record ContentRange(long first, long last) {

    /** The specification's form; the one of RFC 9110, with a unit before and a total behind, is understood too. */
    private static final Pattern FORM =
            Pattern.compile("(?:bytes[ =])?([0-9]{1,18})-([0-9]{1,18})(?:/(?:[0-9]+|\\*))?");

    static Optional<ContentRange> of(RegistryRequest request) {
        return request.headers().first("Content-Range").map(ContentRange::parse);
    }

    private static ContentRange parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (matcher.matches()) {
            ContentRange range = new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
            if (range.last >= range.first) {
                return range;
            }
        }
        throw new RegistryException(
                ErrorCode.RANGE_INVALID,
                "invalid Content-Range " + Quoted.of(text)
                        + ": write the positions of the first and last byte, as in 0-1023");
    }

    long length() {
        return last - first + 1;
    }

    void checkStart(long offset) {
        if (first != offset) {
            throw new RegistryException(
                    ErrorCode.RANGE_INVALID,
                    "the chunk begins at " + first + ", and the upload goes on at " + offset
                            + ": send the chunks in order, without a gap");
        }
    }

    void checkLength(OptionalLong announced) {
        if (announced.isPresent() && announced.getAsLong() != length()) {
            throw new RegistryException(
                    ErrorCode.SIZE_INVALID,
                    "the Content-Range declares " + length() + " bytes, and the Content-Length "
                            + announced.getAsLong());
        }
    }
}
