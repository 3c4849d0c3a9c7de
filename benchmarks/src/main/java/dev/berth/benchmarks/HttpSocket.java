package dev.berth.benchmarks;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 over one connection, with as little between the program and the socket as can be, so that the server is measured. */
public final class HttpSocket implements Closeable {

    private static final int MOST_TEXT = 16 << 10;
    /** Divides every block that is sent, so that no piece goes past a block's end. */
    private static final int PIECE = 1 << 20;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Connects to this machine. */
    public HttpSocket(int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket = channel.socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 20);
        out = socket.getOutputStream();
    }

    /** Sends a request with a small body and reads the answer. */
    public Answer send(String method, String path, byte[] body, String... headers) throws IOException {
        head(method, path, body.length, headers);
        out.write(body);
        return answer(method);
    }

    /** Sends {@code block} over and over until {@code length} bytes have gone; fastest from a direct buffer. */
    public Answer stream(String method, String path, ByteBuffer block, long length, String... headers)
            throws IOException {
        head(method, path, length, headers);
        for (long sent = 0; sent < length; ) {
            sent += piece(block, sent, length);
        }
        return answer(method);
    }

    /** Sends what {@link #stream} sends, with a length that is not known before. */
    public Answer streamUnsized(String method, String path, ByteBuffer block, long length) throws IOException {
        head(method, path, -1, "Content-Type", "application/octet-stream");
        for (long sent = 0; sent < length; ) {
            int size = (int) Math.min(Math.min(block.limit(), PIECE), length - sent);
            out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            sent += piece(block, sent, length);
            out.write(LINE_END);
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return answer(method);
    }

    /** Sends the next piece and gives its length. */
    private int piece(ByteBuffer block, long sent, long length) throws IOException {
        int size = (int) Math.min(Math.min(block.limit(), PIECE), length - sent);
        ByteBuffer piece = block.slice((int) (sent % block.limit()), size);
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        return size;
    }

    /** Sends the head of a request; a {@code length} below 0 is not known. */
    private void head(String method, String path, long length, String... headers) throws IOException {
        StringBuilder head = new StringBuilder()
                .append(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\n");
        if (length < 0) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (length > 0 || !(method.equals("GET") || method.equals("HEAD"))) {
            // As other clients do: a GET that has no body says nothing of one.
            head.append("Content-Length: " + length + "\r\n");
        }
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i] + ": " + headers[i + 1] + "\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Answer answer(String method) throws IOException {
        String line = line();
        while (line.startsWith("HTTP/1.1 100")) {
            line();
            line = line();
        }
        int status = Integer.parseInt(line.split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            headers.put(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).trim());
        }
        long length = method.equals("HEAD") || status == 204
                ? 0
                : Long.parseLong(headers.getOrDefault("content-length", "0"));
        byte[] buffer = new byte[(int) Math.min(length, 1 << 20)];
        StringBuilder text = new StringBuilder();
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the answer ended " + left + " bytes early");
            }
            left -= read;
            if (length <= MOST_TEXT) {
                text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            }
        }
        return new Answer(status, headers, length, text.toString());
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended within a line");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * What came back.
     *
     * @param status the status
     * @param headers the header fields, by their names in small letters
     * @param length how long the body was
     * @param text the body, if it is short
     */
    public record Answer(int status, Map<String, String> headers, long length, String text) {

        /** Itself, if it has the status {@code expected}. */
        public Answer require(int expected) throws IOException {
            if (status != expected) {
                throw new IOException("expected " + expected + ", got " + this);
            }
            return this;
        }

        /** The path of {@code Location}, which may be absolute. */
        public String location() {
            String location = headers.getOrDefault("location", "");
            int scheme = location.indexOf("://");
            return scheme < 0 ? location : location.substring(location.indexOf('/', scheme + 3));
        }
    }
}
