package dev.berth.registry.http.fault;

import dev.berth.registry.http.ConnectionCutException;
import dev.berth.registry.http.ConnectionCutException.Cut;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A body that is not sent to its end. One that has no bytes says it has, so that it is begun. */
final class CutBody implements ResponseBody {

    private final ResponseBody body;
    private final Cut cut;
    private final long after;

    CutBody(ResponseBody body, Cut cut, long after) {
        this.body = body;
        this.cut = cut;
        this.after = after;
    }

    static RegistryResponse unanswered() {
        return RegistryResponse.of(500).withBody(new CutBody(ResponseBody.empty(), Cut.RESET_UNANSWERED, 0));
    }

    @Override
    public long length() {
        return Math.max(1, body.length());
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        long left = Math.min(after, body.length()) - position;
        if (left <= 0) {
            throw new ConnectionCutException(cut);
        }
        return Piece.read(body, target, position, left);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
