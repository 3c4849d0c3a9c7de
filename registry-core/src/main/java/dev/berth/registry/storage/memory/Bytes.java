package dev.berth.registry.storage.memory;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Any number of bytes that do not change any more, in segments of one length but for the last: blobs can be larger than the
 * largest array, and no allocation is large enough to trouble the garbage collector.
 */
final class Bytes {

    static final int SEGMENT_SHIFT = 18;
    static final int SEGMENT = 1 << SEGMENT_SHIFT;

    private final byte[][] segments;
    private final long size;

    /** @param segments {@link #SEGMENT} long but for the last, which may be longer than what is used of it */
    Bytes(byte[][] segments, long size) {
        this.segments = segments;
        this.size = size;
    }

    long size() {
        return size;
    }

    /** As {@link dev.berth.registry.BlobContent#read} does it; fills the target as far as there are bytes. */
    int read(ByteBuffer target, long position) {
        if (position >= size) {
            return -1;
        }
        int length = (int) Math.min(target.remaining(), size - position);
        int done = 0;
        while (done < length) {
            long at = position + done;
            int offset = (int) (at & (SEGMENT - 1));
            int part = Math.min(length - done, SEGMENT - offset);
            target.put(segments[(int) (at >> SEGMENT_SHIFT)], offset, part);
            done += part;
        }
        return length;
    }

    void hash(MessageDigest hash) {
        long left = size;
        for (byte[] segment : segments) {
            int part = (int) Math.min(left, SEGMENT);
            hash.update(segment, 0, part);
            left -= part;
        }
    }
}
