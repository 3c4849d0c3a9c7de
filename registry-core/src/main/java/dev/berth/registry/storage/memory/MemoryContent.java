package dev.berth.registry.storage.memory;

import dev.berth.registry.BlobContent;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** An open blob. It refuses to be read once closed, as a file would: tests then find who closes too early. */
final class MemoryContent implements BlobContent {

    private final Bytes bytes;
    private volatile boolean closed;

    MemoryContent(Bytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return bytes.read(target, position);
    }

    @Override
    public void close() {
        closed = true;
    }
}
