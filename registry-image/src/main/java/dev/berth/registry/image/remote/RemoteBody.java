package dev.berth.registry.image.remote;

import dev.berth.registry.http.ResponseBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A body on its way from a registry elsewhere, which can be read once, from its beginning to its end. */
final class RemoteBody implements ResponseBody {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final long length;
    private final byte[] buffer = new byte[BUFFER];
    private long at;

    RemoteBody(InputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public synchronized int read(ByteBuffer target, long position) throws IOException {
        if (position != at) {
            throw new IOException("What comes from a registry elsewhere is read in order, from " + at
                    + " on, and not from " + position);
        }
        if (at == length) {
            return -1;
        }
        int most = (int) Math.min(Math.min(target.remaining(), buffer.length), length - at);
        int count = in.read(buffer, 0, most);
        if (count < 0) {
            throw new EOFException("The registry elsewhere ended a body of " + length + " bytes after " + at);
        }
        target.put(buffer, 0, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
