package dev.berth.registry.image;

import dev.berth.registry.BlobContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads a registry's blob from its beginning to its end. */
final class BlobContentStream extends InputStream {

    private final BlobContent content;
    private long position;
    private boolean closed;

    BlobContentStream(BlobContent content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count = content.read(ByteBuffer.wrap(target, offset, length), position);
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            content.close();
        }
    }
}
