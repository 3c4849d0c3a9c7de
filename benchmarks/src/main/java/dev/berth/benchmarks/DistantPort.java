package dev.berth.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A port of this machine behind which a server seems far away: what is sent takes its time, and as much as one likes is on its way. */
final class DistantPort implements Closeable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Duration oneWay;

    DistantPort(int target, Duration oneWay) throws IOException {
        this.target = target;
        this.oneWay = oneWay;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            carry(client, server);
            carry(server, client);
        }
    }

    private void carry(Socket from, Socket to) {
        BlockingQueue<Piece> onTheWay = new LinkedBlockingQueue<>();
        start(() -> {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[64 << 10];
            int length;
            do {
                length = in.read(buffer);
                onTheWay.add(new Piece(
                        System.nanoTime() + oneWay.toNanos(), Arrays.copyOf(buffer, Math.max(length, 0)), length < 0));
            } while (length >= 0);
        });
        start(() -> {
            OutputStream out = to.getOutputStream();
            for (Piece piece = onTheWay.take(); !piece.end; piece = onTheWay.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.arrival - System.nanoTime());
                out.write(piece.bytes);
            }
            to.shutdownOutput();
        });
    }

    /** A connection that breaks ends its threads. */
    private static void start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException | InterruptedException e) {
                // Somebody has hung up, or all is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(long arrival, byte[] bytes, boolean end) {}
}
