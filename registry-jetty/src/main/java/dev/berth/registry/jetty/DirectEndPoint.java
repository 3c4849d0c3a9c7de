package dev.berth.registry.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a body can put its bytes into itself, as the system does with a file's.
 *
 * <p>Jetty sends buffers and nothing else. So it is given one that has the length of what is to be sent and none of its bytes, does
 * its accounting and waiting with that, and when it hands it to the socket, the body's bytes are sent in its place. Only what lies
 * directly on the socket may do so: in front of TLS or HTTP/2 the buffer's own bytes would be sent.
 */
final class DirectEndPoint extends SocketChannelEndPoint {

    /** The most that Jetty is told of at a time; and the most of a large body that is sent before others have their turn. */
    static final int WINDOW = 4 << 20;

    private final SocketChannel socket;
    private final LargeBodySender sender;
    private final SendBuffer buffer;

    /** Whether what is written now is the sender's. */
    private volatile boolean onSender;

    /** Whether the sender waits, or has waited, for room in the socket. */
    private volatile boolean expected;

    /** How much has been sent since the others had their turn. */
    private int turn;

    private @Nullable BodySource source;
    private @Nullable ByteBuffer standIn;

    /** Where the next byte is in the body. */
    private long position;

    DirectEndPoint(
            SocketChannel socket,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            LargeBodySender sender,
            SendBuffer buffer) {
        super(socket, selector, key, scheduler);
        this.socket = socket;
        this.sender = sender;
        this.buffer = buffer;
    }

    /** The one that lies directly under what is written in answer to {@code request}. */
    static @Nullable DirectEndPoint under(Request request) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        // With HTTP/2 what is written is not yet what goes over the socket.
        boolean direct = connection.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
        return direct && connection.getConnection().getEndPoint() instanceof DirectEndPoint socket ? socket : null;
    }

    /** Has {@code sending} run, and everything be written until {@link #leaveSender}, by the sender. Returns false if there is none. */
    boolean enterSender(Runnable sending) {
        onSender = true;
        onSender = sender.begin(sending);
        return onSender;
    }

    void leaveSender() {
        onSender = false;
    }

    /**
     * What to write for part of a body, which is then sent instead. Nothing else may be prepared before it has been.
     *
     * @param length at most {@link #WINDOW}
     */
    ByteBuffer prepare(BodySource from, long start, int length) {
        ByteBuffer buffer = Blank.BYTES.slice(0, length);
        source = from;
        standIn = buffer;
        position = start;
        return buffer;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        if (onSender && turn >= WINDOW) {
            return false;
        }
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
        BodySource from = source;
        if (from == null) {
            throw new IllegalStateException("Nothing was prepared");
        }
        int count = from.send(socket, position, instead.remaining());
        if (count > 0) {
            position += count;
            turn += count;
            buffer.sent(count);
            instead.position(instead.position() + count);
            notIdle();
        }
        if (instead.hasRemaining()) {
            return false;
        }
        source = null;
        standIn = null;
        return true;
    }

    @Override
    protected void onIncompleteFlush() {
        turn = 0;
        if (onSender) {
            sender.await(this);
        } else {
            super.onIncompleteFlush();
        }
    }

    /** Has {@code selector} tell when there is room for more. */
    void expectRoom(Selector selector) throws ClosedChannelException {
        // Before the key is there, so that who closes the socket meanwhile sees it.
        expected = true;
        SelectionKey key = socket.keyFor(selector);
        if (key == null) {
            socket.register(selector, SelectionKey.OP_WRITE, this);
        } else {
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    /** Goes on, now that there is room. */
    void sendMore() {
        getWriteFlusher().completeWrite();
    }

    @Override
    public void doClose() {
        super.doClose();
        if (expected) {
            sender.closed();
        }
    }

    /** Made when the first body is sent, and shared by all: nobody ever looks at what is in it. */
    private static final class Blank {
        static final ByteBuffer BYTES = ByteBuffer.allocateDirect(WINDOW).asReadOnlyBuffer();
    }
}
