package dev.berth.registry.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes the bytes of a source. */
final class CopyProducer implements ProducedStream.Producer {

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];

    CopyProducer(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public boolean produce() throws IOException {
        int count = in.read(buffer);
        if (count < 0) {
            out.close();
            return false;
        }
        out.write(buffer, 0, count);
        return true;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            in.close();
        }
    }
}
