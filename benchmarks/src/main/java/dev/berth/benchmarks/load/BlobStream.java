package dev.berth.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One client: asks, takes the answer in whatever pieces it comes, and asks again. */
final class BlobStream {

    private static final String LENGTH = "\r\ncontent-length: ";

    private final SocketChannel channel;
    private final byte[] request;
    private final StringBuilder head = new StringBuilder();
    private long left;

    BlobStream(SocketChannel channel, String path) {
        this.channel = channel;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    void ask() throws IOException {
        // So short a request always fits into the socket's buffer.
        channel.write(ByteBuffer.wrap(request));
    }

    /** Reads what is there, and says how many bytes of the body it was. */
    long read(ByteBuffer buffer) throws IOException {
        int read = channel.read(buffer);
        if (read < 0) {
            throw new IOException("the server has closed the connection " + left + " bytes early");
        }
        if (left == 0) {
            buffer.flip();
            readHead(buffer);
            read = buffer.remaining();
        }
        left -= read;
        if (left == 0 && head.length() == 0) {
            ask();
        }
        return read;
    }

    private void readHead(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            head.append((char) buffer.get());
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                String text = head.toString().toLowerCase(Locale.ROOT);
                int at = text.indexOf(LENGTH);
                if (!text.startsWith("http/1.1 200") || at < 0) {
                    throw new IOException("expected 200 and a length, got " + head);
                }
                at += LENGTH.length();
                left = Long.parseLong(text.substring(at, text.indexOf("\r\n", at)));
                head.setLength(0);
                return;
            }
        }
    }
}
