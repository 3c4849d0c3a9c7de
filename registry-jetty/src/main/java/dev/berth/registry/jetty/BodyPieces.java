package dev.berth.registry.jetty;

import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.http.ResponseBody.FilePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/** A body in pieces, each of which is sent before the next is asked for. */
interface BodyPieces {

    /** The piece that begins at {@code position}, which is before the end. */
    ByteBuffer next(long position) throws IOException;

    /** Gives back what was needed for the pieces, not the body. */
    void release();

    /** The way to send {@code body} in answer to {@code request} that costs the least. */
    static BodyPieces of(ResponseBody body, Request request) {
        Optional<FilePart> part = body.length() < FileEndPoint.WORTHWHILE ? Optional.empty() : body.inFile();
        if (part.isPresent()) {
            ConnectionMetaData connection = request.getConnectionMetaData();
            EndPoint endPoint = connection.getConnection().getEndPoint();
            // With HTTP/2 what is written here is not yet what goes over the socket.
            boolean direct = connection.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
            if (direct && endPoint instanceof FileEndPoint socket) {
                return new Transferred(body, part.get(), socket);
            }
        }
        return new Copied(body, request.getComponents().getByteBufferPool());
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

    /** Sent by the system. */
    record Transferred(ResponseBody body, FilePart part, FileEndPoint socket) implements BodyPieces {

        @Override
        public ByteBuffer next(long position) {
            int length = (int) Math.min(body.length() - position, FileEndPoint.WINDOW);
            body.transferred(position + length);
            return socket.prepare(part.file(), part.offset() + position, length);
        }

        @Override
        public void release() {}
    }
}
