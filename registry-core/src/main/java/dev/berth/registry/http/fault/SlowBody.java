package dev.berth.registry.http.fault;

import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A body that comes in small pieces with pauses between them. */
final class SlowBody implements ResponseBody {

    private static final int PIECES_PER_SECOND = 20;

    private final ResponseBody body;
    private final long bytesPerSecond;

    SlowBody(ResponseBody body, long bytesPerSecond) {
        this.body = body;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int most = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
        int limit = target.limit();
        target.limit(target.position() + Math.min(most, target.remaining()));
        try {
            int read = body.read(target, position);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, read) * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
            return read;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("A slow body was interrupted");
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
