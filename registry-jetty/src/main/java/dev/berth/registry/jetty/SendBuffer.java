package dev.berth.registry.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much may wait in the socket of a client on this machine itself. There is no distance that has to be filled with what is on its way,
 * yet the system lets megabytes wait there. By the time they are read they have left the processor's caches, so that a large pull takes
 * nearly twice as long; and a thousand clients that read slowly use up what the system has for all of TCP, which stops those that are
 * fast. What goes elsewhere is left to the system, which sees how far that is.
 */
final class SendBuffer {

    /** In bytes; Linux takes it twice. With much less or much more, pulls are slower. */
    static final int SIZE = 192 << 10;

    /** What each has that comes when there are many, until it turns out to be fast: as little as goes without waiting for each piece. */
    static final int SMALL = 64 << 10;

    /** So many connections have the whole size from the beginning. */
    static final int FEW = 256;

    /** Who has taken so much is fast. */
    static final int PROOF = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SendBuffer.class);

    private final SocketChannel socket;
    private boolean small;
    private int sent;

    private SendBuffer(SocketChannel socket, boolean small) {
        this.socket = socket;
        this.small = small;
    }

    /** That of a socket that was accepted when there were {@code connections} already. */
    static SendBuffer of(SocketChannel socket, int connections) {
        boolean near = isNear(socket);
        SendBuffer buffer = new SendBuffer(socket, near && connections >= FEW);
        if (near) {
            buffer.set(buffer.small ? SMALL : SIZE);
        }
        return buffer;
    }

    /** Tells it that the socket took {@code count} bytes of a large body. By one thread at a time. */
    void sent(int count) {
        if (small) {
            sent += count;
            if (sent >= PROOF) {
                small = false;
                set(SIZE);
            }
        }
    }

    private void set(int size) {
        try {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, size);
        } catch (IOException e) {
            LOG.debug("A socket's buffer stays as the system has made it", e);
        }
    }

    private static boolean isNear(SocketChannel socket) {
        try {
            return socket.getRemoteAddress() instanceof InetSocketAddress remote
                    && socket.getLocalAddress() instanceof InetSocketAddress local
                    && isNear(remote.getAddress(), local.getAddress());
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isNear(InetAddress client, InetAddress server) {
        return client.isLoopbackAddress() || client.equals(server);
    }
}
