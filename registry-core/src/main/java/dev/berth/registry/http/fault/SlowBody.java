package dev.berth.registry.http.fault;

import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A body that comes in small pieces with pauses between them. */
final class SlowBody implements ResponseBody {

    private final ResponseBody body;
    private final Pace pace;

    SlowBody(ResponseBody body, Pace pace) {
        this.body = body;
        this.pace = pace;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + Math.min(pace.piece(), target.remaining()));
        try {
            int read = body.read(target, position);
            pace.after(read);
            return read;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
