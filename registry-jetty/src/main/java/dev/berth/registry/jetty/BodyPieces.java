package dev.berth.registry.jetty;

import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/** A body in pieces, each of which is sent before the next is asked for. */
interface BodyPieces {

    /** The piece that begins at {@code position}, which is before the end. */
    ByteBuffer next(long position) throws IOException;

    /** Gives back what was needed for the pieces, not the body. */
    void release();

    /** Read into a buffer and handed to Jetty. */
    static BodyPieces copied(ResponseBody body, ByteBufferPool pool) {
        return new Copied(body, pool);
    }

    /** Put into the socket by {@code source}. */
    static BodyPieces direct(ResponseBody body, BodySource source, DirectEndPoint socket) {
        return new Direct(body, source, socket);
    }

    /** Read into a pooled buffer. */
    final class Copied implements BodyPieces {

        private final ResponseBody body;
        private final RetainableByteBuffer.Mutable buffer;

        private Copied(ResponseBody body, ByteBufferPool pool) {
            this.body = body;
            this.buffer = pool.acquire((int) Math.min(body.length(), BodyPump.BUFFER_SIZE), true);
        }

        @Override
        public ByteBuffer next(long position) throws IOException {
            long left = body.length() - position;
            ByteBuffer bytes = buffer.getByteBuffer();
            bytes.clear();
            if (bytes.remaining() > left) {
                bytes.limit((int) left);
            }
            // What was read before trouble is sent, so one reading makes a piece, however small.
            if (body.read(bytes, position) <= 0) {
                throw new IOException("The body ended " + left + " bytes early");
            }
            return bytes.flip();
        }

        @Override
        public void release() {
            buffer.release();
        }
    }

    /** Sent in place of what Jetty is given. */
    record Direct(ResponseBody body, BodySource source, DirectEndPoint socket) implements BodyPieces {

        @Override
        public ByteBuffer next(long position) {
            int length = (int) Math.min(body.length() - position, DirectEndPoint.WINDOW);
            return socket.prepare(source, position, length);
        }

        @Override
        public void release() {}
    }
}
