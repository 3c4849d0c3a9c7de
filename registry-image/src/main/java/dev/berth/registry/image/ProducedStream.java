package dev.berth.registry.image;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Reads what somebody writes, without a thread between the two: the producer is asked for a little more whenever all that it
 * has written is read.
 */
final class ProducedStream extends InputStream {

    private final Written written = new Written();
    private final Producer producer;
    private boolean finished;

    ProducedStream(Start start, Compression compression) throws IOException {
        producer = start.writingTo(compression.compress(written));
    }

    @Override
    public int read() throws IOException {
        return fill() ? written.take() : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        return fill() ? written.take(target, offset, length) : -1;
    }

    private boolean fill() throws IOException {
        while (written.isEmpty()) {
            if (finished) {
                return false;
            }
            written.reset();
            finished = !producer.produce();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        producer.close();
    }

    /** Writes something in small pieces. */
    interface Producer extends Closeable {

        /** Writes a piece of about a buffer's size, or ends what it writes to. Returns whether there is more. */
        boolean produce() throws IOException;

        /** Frees what it holds, whether it has come to its end or not. */
        @Override
        void close() throws IOException;
    }

    /** Begins to write anew. */
    interface Start {

        /** A producer that writes to {@code out}, which is its to close. */
        Producer writingTo(OutputStream out) throws IOException;
    }

    /** What is written and not yet read. */
    private static final class Written extends ByteArrayOutputStream {

        private int taken;

        @Override
        public synchronized void reset() {
            super.reset();
            taken = 0;
        }

        boolean isEmpty() {
            return taken == count;
        }

        int take() {
            return buf[taken++] & 0xff;
        }

        int take(byte[] target, int offset, int length) {
            int size = Math.min(length, count - taken);
            System.arraycopy(buf, taken, target, offset, size);
            taken += size;
            return size;
        }
    }
}
