package dev.berth.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections that each move a KiB in a second and no more, all served by one thread.
 *
 * @param <C> what a connection does in its turn
 */
public final class SlowConnections<C extends SlowConnections.Client> implements Closeable {

    /** What a client moves in its turn, and the size of the buffer in which the kernel could hide that it is slow. */
    static final int PIECE = 1024;

    /** The turns of a second are spread over so many moments, so that the load is even. */
    private static final int MOMENTS = 50;
    /** From one address there are some 28,000 ports. */
    private static final int PER_ADDRESS = 10_000;

    /** So long they may take to be let in, all together; left to itself the system tries more than two minutes for one. */
    private static final long CONNECT_MILLIS = 30_000;

    private final List<C> clients = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "slow clients");
    private volatile boolean going = true;

    /** Opens {@code count} connections, and lets them go. */
    public SlowConnections(int port, int count, Opening<C> opening) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS);
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 * PIECE);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.bind(new InetSocketAddress("127.0.0." + (2 + i / PER_ADDRESS), 0));
                connect(channel, port, deadline, i);
                C client = opening.open(channel, i);
                clients.add(client);
                channel.configureBlocking(false);
            }
        } catch (IOException | RuntimeException e) {
            closeAll();
            throw e;
        }
        thread.setDaemon(true);
        thread.start();
    }

    private static void connect(SocketChannel channel, int port, long deadline, int before) throws IOException {
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        try {
            channel.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) left);
        } catch (IOException e) {
            Channels.close(channel);
            throw new IOException("no more than " + before + " were let in within " + CONNECT_MILLIS / 1000 + " s", e);
        }
    }

    private void run() {
        long start = System.nanoTime();
        for (long moment = 0; going; moment++) {
            for (int i = (int) (moment % MOMENTS); i < clients.size(); i += MOMENTS) {
                clients.get(i).turn();
            }
            long next = start + (moment + 1) * TimeUnit.SECONDS.toNanos(1) / MOMENTS;
            try {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Lets no client move any more, and gives them. */
    public List<C> stop() throws InterruptedException {
        going = false;
        thread.join();
        return clients;
    }

    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeAll();
    }

    private void closeAll() {
        for (C client : clients) {
            client.close();
        }
    }

    /** One of the connections. */
    public interface Client extends Closeable {

        /** Moves a KiB, if that can be done at once. */
        void turn();

        @Override
        void close();
    }

    /** How one begins. */
    public interface Opening<C> {

        /** Sends what has to be sent before the first turn. */
        C open(SocketChannel channel, int number) throws IOException;
    }
}
