package dev.berth.registry.http.fault;

import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A body one byte of which is wrong. */
final class FlippedBody implements ResponseBody {

    private final ResponseBody body;
    private final long wrong;

    FlippedBody(ResponseBody body, long wrong) {
        this.body = body;
        this.wrong = Math.min(wrong, body.length() - 1);
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        int read = body.read(target, position);
        if (read > 0 && wrong >= position && wrong < position + read) {
            int at = start + (int) (wrong - position);
            target.put(at, (byte) ~target.get(at));
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
