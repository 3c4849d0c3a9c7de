package dev.berth.registry.storage.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes that more are added to. Only the last segment is ever copied. For one thread at a time. */
final class GrowingBytes {

    private static final int FIRST = 4096;

    private final List<byte[]> segments = new ArrayList<>(1);
    private long size;

    long size() {
        return size;
    }

    void append(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int offset = (int) (size & (Bytes.SEGMENT - 1));
            byte[] segment = segmentFor(offset, bytes.remaining());
            int part = Math.min(bytes.remaining(), segment.length - offset);
            bytes.get(segment, offset, part);
            size += part;
        }
    }

    /** The bytes as they are now, in no more memory than they need. Nothing may be appended afterwards. */
    Bytes finish() {
        int tail = (int) (size & (Bytes.SEGMENT - 1));
        if (tail > 0) {
            int last = segments.size() - 1;
            byte[] segment = segments.get(last);
            if (segment.length > tail) {
                segments.set(last, Arrays.copyOf(segment, tail));
            }
        }
        return new Bytes(segments.toArray(byte[][]::new), size);
    }

    /** The last segment, with room behind {@code offset}. */
    private byte[] segmentFor(int offset, int wanted) {
        if (offset == 0) {
            byte[] segment = new byte[segments.isEmpty() ? Math.min(Bytes.SEGMENT, wanted) : Bytes.SEGMENT];
            segments.add(segment);
            return segment;
        }
        int last = segments.size() - 1;
        byte[] segment = segments.get(last);
        if (segment.length == offset) {
            long room = Math.max(FIRST, Math.max(2L * segment.length, (long) offset + wanted));
            segment = Arrays.copyOf(segment, (int) Math.min(Bytes.SEGMENT, room));
            segments.set(last, segment);
        }
        return segment;
    }
}
