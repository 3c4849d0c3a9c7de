package dev.berth.benchmarks.load;

import dev.berth.benchmarks.RandomBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client that pushes a blob slowly. */
public final class SlowPush implements SlowConnections.Client {

    private final SocketChannel channel;
    private final ByteBuffer content;
    private boolean failed;

    private SlowPush(SocketChannel channel, RandomBlob blob) {
        this.channel = channel;
        this.content = blob.bytes();
    }

    /** Begins to push {@code blob} into the upload at {@code location}. */
    public static SlowPush begin(SocketChannel channel, String location, RandomBlob blob) throws IOException {
        String path = location + (location.indexOf('?') < 0 ? '?' : '&') + "digest=" + blob.digest();
        String head = "PUT " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                + blob.length() + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
        return new SlowPush(channel, blob);
    }

    @Override
    public void turn() {
        if (failed) {
            return;
        }
        int end = content.limit();
        try {
            content.limit(Math.min(end, content.position() + SlowConnections.PIECE));
            channel.write(content);
        } catch (IOException e) {
            failed = true;
        } finally {
            content.limit(end);
        }
    }

    /** Pushes the rest at once. */
    public void rest() {
        try {
            channel.configureBlocking(true);
            while (!failed && content.hasRemaining()) {
                channel.write(content);
            }
        } catch (IOException e) {
            failed = true;
        }
    }

    /** Whether the blob was taken. Waits for the answer. */
    public boolean wasTaken() throws IOException {
        if (failed) {
            return false;
        }
        channel.socket().setSoTimeout(30_000);
        byte[] start = channel.socket().getInputStream().readNBytes("HTTP/1.1 201".length());
        return new String(start, StandardCharsets.US_ASCII).equals("HTTP/1.1 201");
    }

    @Override
    public void close() {
        Channels.close(channel);
    }
}
