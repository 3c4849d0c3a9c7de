package dev.berth.registry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body's end is the exchange's: it is closed exactly once, whether it was sent or not. */
final class WatchedBody implements ResponseBody {

    private final ResponseBody body;
    private final BodyWatch watch;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long total;

    WatchedBody(ResponseBody body, BodyWatch watch) {
        this.body = body;
        this.watch = watch;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int read = body.read(target, position);
        if (read > 0) {
            taken(position + read);
        }
        return read;
    }

    @Override
    public Optional<ByteBuffer> inMemory() {
        Optional<ByteBuffer> bytes = body.inMemory();
        bytes.ifPresent(b -> taken(b.remaining()));
        return bytes;
    }

    @Override
    public Optional<FilePart> inFile() {
        return body.inFile();
    }

    @Override
    public void transferred(long position) {
        body.transferred(position);
        taken(position);
    }

    private void taken(long position) {
        if (position > total) {
            total = position;
            watch.taken(position);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            body.close();
        } finally {
            if (closed.compareAndSet(false, true)) {
                watch.closed(total);
            }
        }
    }
}
