package dev.berth.benchmarks.load;

import dev.berth.benchmarks.RandomBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client that pulls a blob slowly, and looks at each byte. */
public final class SlowPull implements SlowConnections.Client {

    private static final String END = "\r\n\r\n";

    private final SocketChannel channel;
    private final RandomBlob blob;
    private final ByteBuffer buffer = ByteBuffer.allocate(SlowConnections.PIECE);
    private final StringBuilder head = new StringBuilder();
    private boolean inBody;
    private long received;
    private boolean failed;

    private SlowPull(SocketChannel channel, RandomBlob blob) {
        this.channel = channel;
        this.blob = blob;
    }

    /** Asks for it. */
    public static SlowPull ask(SocketChannel channel, String path, RandomBlob blob) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        return new SlowPull(channel, blob);
    }

    /** How many bytes of the blob have come, all of them right; 0 if one was not. To be asked when it has stopped. */
    public long received() {
        return failed ? 0 : received;
    }

    @Override
    public void turn() {
        if (failed) {
            return;
        }
        try {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                failed = true;
                return;
            }
            buffer.flip();
            while (!inBody && buffer.hasRemaining()) {
                head.append((char) buffer.get());
                inBody = head.length() >= 4 && head.substring(head.length() - 4).equals(END);
            }
            if (inBody && !head.toString().startsWith("HTTP/1.1 200")) {
                failed = true;
            }
            int size = buffer.remaining();
            failed |= !blob.has(received, buffer);
            received += size;
        } catch (IOException e) {
            failed = true;
        }
    }

    @Override
    public void close() {
        Channels.close(channel);
    }
}
