package dev.berth.registry.jetty;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the system can send a file over without its bytes passing through here ({@code sendfile}).
 *
 * <p>Jetty sends buffers and nothing else. So it is given one that has the length of what is to be sent and none of its bytes, does
 * its accounting and waiting with that, and when it hands it to the socket, the file is sent in its place. Only what lies
 * directly on the socket may do so: in front of TLS or HTTP/2 the buffer's own bytes would be sent.
 */
final class FileEndPoint extends SocketChannelEndPoint {

    /** The most that is sent at a time. */
    static final int WINDOW = 1 << 20;

    /** Less than this is copied faster, together with the header fields, than it is sent on its own. */
    static final int WORTHWHILE = 64 << 10;

    private final SocketChannel socket;
    private @Nullable FileChannel file;
    private @Nullable ByteBuffer standIn;

    /** Where the next byte is in the file. */
    private long position;

    FileEndPoint(SocketChannel socket, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(socket, selector, key, scheduler);
        this.socket = socket;
    }

    /**
     * What to write for part of a file, which is then sent instead. Nothing else may be prepared before it has been.
     *
     * @param length at most {@link #WINDOW}
     */
    ByteBuffer prepare(FileChannel from, long start, int length) {
        ByteBuffer buffer = Blank.BYTES.slice(0, length);
        file = from;
        standIn = buffer;
        position = start;
        return buffer;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        for (int i = 0; i < buffers.length; i++) {
            if (isStandIn(buffers[i]) && buffers[i].hasRemaining()) {
                return flushed(buffers, 0, i) && sent(buffers[i]) && flushed(buffers, i + 1, buffers.length);
            }
        }
        return super.flush(buffers);
    }

    /** It is that very buffer or it is not: one that equals it has bytes that somebody means. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isStandIn(ByteBuffer buffer) {
        return buffer == standIn;
    }

    private boolean flushed(ByteBuffer[] buffers, int start, int end) throws IOException {
        for (int i = start; i < end; i++) {
            if (buffers[i].hasRemaining() && !super.flush(buffers[i])) {
                return false;
            }
        }
        return true;
    }

    /** Sends as much as the socket takes now. Returns whether that was all. */
    private boolean sent(ByteBuffer instead) throws IOException {
        FileChannel from = file;
        if (from == null) {
            throw new IllegalStateException("Nothing was prepared");
        }
        while (instead.hasRemaining()) {
            long count = transfer(from, instead.remaining());
            if (count == 0) {
                // Either the socket is full or the file has become shorter, which would never end.
                if (position >= from.size()) {
                    throw new EOFException("The file ended " + instead.remaining() + " bytes early");
                }
                return false;
            }
            position += count;
            instead.position(instead.position() + (int) count);
            notIdle();
        }
        file = null;
        standIn = null;
        return true;
    }

    private long transfer(FileChannel from, int length) throws IOException {
        try {
            return from.transferTo(position, length, socket);
        } catch (IOException e) {
            throw new EofException(e);
        }
    }

    /** Made when the first file is sent, and shared by all: nobody ever looks at what is in it. */
    private static final class Blank {
        static final ByteBuffer BYTES = ByteBuffer.allocateDirect(WINDOW).asReadOnlyBuffer();
    }
}
