package dev.berth.registry.http.fault;

import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Less of a body than there is room for. */
final class Piece {

    private Piece() {}

    /** Reads at most {@code most} bytes, which is more than 0, and otherwise as {@link ResponseBody#read}. */
    static int read(ResponseBody body, ByteBuffer target, long position, long most) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + (int) Math.min(most, target.remaining()));
        try {
            return body.read(target, position);
        } finally {
            target.limit(limit);
        }
    }
}
