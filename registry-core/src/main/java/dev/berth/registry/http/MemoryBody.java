package dev.berth.registry.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A response body in memory. */
record MemoryBody(ByteBuffer bytes) implements ResponseBody {

    static final MemoryBody EMPTY = new MemoryBody(ByteBuffer.allocate(0));

    @Override
    public long length() {
        return bytes.remaining();
    }

    @Override
    public int read(ByteBuffer target, long position) {
        int available = bytes.remaining() - (int) Math.min(position, bytes.remaining());
        if (available == 0) {
            return -1;
        }
        int length = Math.min(available, target.remaining());
        target.put(bytes.slice(bytes.position() + (int) position, length));
        return length;
    }

    @Override
    public Optional<ByteBuffer> inMemory() {
        return Optional.of(bytes.duplicate());
    }

    @Override
    public void close() {}
}
