package dev.berth.benchmarks.servers;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A limit: what a push takes without a registry. Nothing is checked but the digest, and an upload comes over one connection.
 *
 * <p>Arguments: the port; the directory; {@code durable}, or {@code fast} for never waiting for the disk.
 */
public final class BarePush {

    private static final int UNIT = 128 << 10;

    private final SocketChannel socket;
    private final Path directory;
    private final boolean durable;
    private final ExecutorService threads;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(UNIT).flip();
    private @Nullable BareUpload upload;

    private BarePush(SocketChannel socket, Path directory, boolean durable, ExecutorService threads) {
        this.socket = socket;
        this.directory = directory;
        this.durable = durable;
        this.threads = threads;
    }

    /** Runs it until it is stopped. */
    public static void main(String[] args) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 1024);
            while (true) {
                SocketChannel socket = server.accept();
                threads.execute(() -> serve(socket, Path.of(args[1]), args[2].equals("durable"), threads));
            }
        }
    }

    private static void serve(SocketChannel socket, Path directory, boolean durable, ExecutorService threads) {
        try (socket) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            BarePush push = new BarePush(socket, directory, durable, threads);
            while (true) {
                push.answer();
            }
        } catch (EOFException e) {
            // The client has gone.
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer() throws IOException {
        String[] request = line().split(" ");
        long length = 0;
        for (String field = line(); !field.isEmpty(); field = line()) {
            String name = field.toLowerCase(Locale.ROOT);
            if (name.startsWith("content-length:")) {
                length = Long.parseLong(field.substring(15).trim());
            } else if (name.startsWith("transfer-encoding:")) {
                length = -1;
            }
        }
        if (request[0].equals("POST")) {
            upload = new BareUpload(directory, durable, threads);
        }
        if (length < 0) {
            for (long size = size(); size > 0; size = size()) {
                take(size);
                line();
            }
            line();
        } else {
            take(length);
        }
        int status = request[0].equals("GET") ? 200 : 202;
        if (request[0].equals("PUT")) {
            String digest =
                    request[1].substring(request[1].indexOf("digest=") + 7).replace("%3A", ":");
            status = upload().commit(digest) ? 201 : 400;
        }
        String head = "HTTP/1.1 " + status + " X\r\nLocation: /v2/a/blobs/uploads/1\r\nContent-Length: 0\r\n\r\n";
        socket.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    }

    private long size() throws IOException {
        return Long.parseLong(line(), 16);
    }

    private void take(long length) throws IOException {
        for (long left = length; left > 0; ) {
            fill();
            ByteBuffer piece = buffer.slice(buffer.position(), (int) Math.min(left, buffer.remaining()));
            left -= piece.remaining();
            buffer.position(buffer.position() + piece.remaining());
            upload().write(piece);
        }
    }

    private BareUpload upload() {
        return Objects.requireNonNull(upload, "no upload was begun");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            fill();
            char c = (char) buffer.get();
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    private void fill() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            if (socket.read(buffer) < 0) {
                throw new EOFException();
            }
            buffer.flip();
        }
    }
}
