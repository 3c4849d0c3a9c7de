package dev.berth.registry.image.recording;

import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A blob on its way to a client, which is kept if it comes through whole. */
final class KeptBody implements ResponseBody {

    private final ResponseBody body;
    private final ContentDirectory.Arriving arriving;
    private final Keeper keeper;
    private long taken;

    KeptBody(ResponseBody body, ContentDirectory.Arriving arriving, Keeper keeper) {
        this.body = body;
        this.arriving = arriving;
        this.keeper = keeper;
    }

    /** Is told of a body that came through. */
    interface Keeper {
        void kept(RecordedBody.Content content) throws IOException;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        int count = body.read(target, position);
        if (count > 0 && position == taken) {
            arriving.take(target.duplicate().flip().position(start));
            taken += count;
            if (taken == length()) {
                // Before the client has the last byte: what it was given is recorded.
                keeper.kept(arriving.keep());
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        try (body) {
            arriving.close();
        }
    }
}
