package dev.berth.registry.http.fault;

import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A body that stops once. What comes before is read, and so sent, by itself. */
final class StalledBody implements ResponseBody {

    private final ResponseBody body;
    private final long after;
    private final Duration duration;
    private boolean stalled;

    StalledBody(ResponseBody body, long after, Duration duration) {
        this.body = body;
        this.after = after;
        this.duration = duration;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (stalled) {
            return body.read(target, position);
        }
        long left = after - position;
        if (left <= 0) {
            stalled = true;
            Pace.pause(duration);
            return body.read(target, position);
        }
        return Piece.read(body, target, position, left);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
