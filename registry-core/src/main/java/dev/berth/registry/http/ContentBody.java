package dev.berth.registry.http;

import dev.berth.registry.BlobContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Part of a blob as a response body. */
record ContentBody(BlobContent content, long offset, long length) implements ResponseBody {

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        long left = length - position;
        if (left <= 0) {
            return -1;
        }
        int limit = target.limit();
        if (target.remaining() > left) {
            target.limit(target.position() + (int) left);
        }
        try {
            return content.read(target, offset + position);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public Optional<FilePart> inFile() {
        return content.file().map(file -> new FilePart(file, offset));
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
