package dev.berth.registry.jetty;

import dev.berth.registry.http.ResponseBody;
import dev.berth.registry.http.ResponseBody.FilePart;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;

/** Puts the bytes of a body into a socket. */
interface BodySource {

    /**
     * Sends some of the {@code length} bytes from {@code position} on, as many as the socket takes at once.
     *
     * @return how many those were; fewer than {@code length} if the socket may be full
     * @throws EofException if the client has gone
     * @throws IOException if the bytes cannot be read
     */
    int send(SocketChannel socket, long position, int length) throws IOException;

    /** Bytes that the system sends, which do not pass through here ({@code sendfile}). */
    record InFile(ResponseBody body, FilePart part) implements BodySource {

        @Override
        public int send(SocketChannel socket, long position, int length) throws IOException {
            int sent = transfer(socket, part.offset() + position, length);
            // Either the socket is full or the file has become shorter, and then it would never end.
            if (sent == 0 && part.offset() + position >= part.file().size()) {
                throw new EOFException("The file ended " + (body.length() - position) + " bytes early");
            }
            body.transferred(position + sent);
            return sent;
        }

        private int transfer(SocketChannel socket, long position, int length) throws IOException {
            try {
                return (int) part.file().transferTo(position, length, socket);
            } catch (IOException e) {
                throw new EofException(e);
            }
        }
    }

    /** Bytes that are read, again if the socket did not take them: so no connection keeps a buffer while it waits for its client. */
    record Read(ResponseBody body, ByteBufferPool pool) implements BodySource {

        @Override
        public int send(SocketChannel socket, long position, int length) throws IOException {
            RetainableByteBuffer.Mutable buffer = pool.acquire(BodyPump.BUFFER_SIZE, true);
            try {
                ByteBuffer bytes = buffer.getByteBuffer();
                int sent = 0;
                while (sent < length) {
                    bytes.clear().limit(Math.min(bytes.capacity(), length - sent));
                    if (body.read(bytes, position + sent) <= 0) {
                        throw new EOFException("The body ended " + (body.length() - position - sent) + " bytes early");
                    }
                    bytes.flip();
                    sent += write(socket, bytes);
                    if (bytes.hasRemaining()) {
                        return sent;
                    }
                }
                return sent;
            } finally {
                buffer.release();
            }
        }

        private static int write(SocketChannel socket, ByteBuffer bytes) throws IOException {
            try {
                return socket.write(bytes);
            } catch (IOException e) {
                throw new EofException(e);
            }
        }
    }
}
