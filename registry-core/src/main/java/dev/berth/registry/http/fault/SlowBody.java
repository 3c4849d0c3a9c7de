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
        int read = Piece.read(body, target, position, pace.piece());
        pace.after(read);
        return read;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
