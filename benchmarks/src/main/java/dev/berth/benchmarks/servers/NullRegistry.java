package dev.berth.benchmarks.servers;

import dev.berth.benchmarks.SampleImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit: believes whatever it is told and keeps it in memory, so that the time a client takes with it is the client's own.
 *
 * <p>Arguments: the port.
 */
public final class NullRegistry {

    private static final byte[] NOTHING = {};

    private final Map<String, Stored> contents = new ConcurrentHashMap<>();
    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    private final AtomicLong lastUpload = new AtomicLong();

    private NullRegistry() {}

    /** Runs it until it is stopped. */
    public static void main(String[] args) throws IOException {
        NullRegistry registry = new NullRegistry();
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(args[0]), 1024, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> registry.serve(socket));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] request = line.split(" ");
                Answer answer = answer(request[0], request[1], Incoming.read(in));
                String head = "HTTP/1.1 " + answer.status + " X\r\n" + answer.fields + "Content-Length: "
                        + answer.body.length + "\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                if (!request[0].equals("HEAD")) {
                    out.write(answer.body);
                }
            }
        } catch (IOException e) {
            // The client has gone.
            return;
        }
    }

    private Answer answer(String method, String target, Incoming incoming) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.contains("/blobs/uploads/")) {
            return upload(method, path, target, incoming);
        }
        if (method.equals("PUT")) {
            Stored stored = new Stored(incoming.type, incoming.body, SampleImage.digest(incoming.body));
            contents.put(path, stored);
            contents.put(path.substring(0, path.lastIndexOf('/') + 1) + stored.digest, stored);
            return new Answer(201, "Docker-Content-Digest: " + stored.digest + "\r\n", NOTHING);
        }
        if (path.equals("/v2/")) {
            return new Answer(200, "", NOTHING);
        }
        Stored stored = contents.get(path);
        return stored == null
                ? new Answer(404, "", NOTHING)
                : new Answer(
                        200,
                        "Content-Type: " + stored.type + "\r\nDocker-Content-Digest: " + stored.digest + "\r\n",
                        stored.body);
    }

    private Answer upload(String method, String path, String target, Incoming incoming) {
        if (method.equals("POST")) {
            return new Answer(202, "Location: " + path + lastUpload.incrementAndGet() + "\r\n", NOTHING);
        }
        byte[] received = incoming.body.length == 0 ? uploads.getOrDefault(path, NOTHING) : incoming.body;
        if (method.equals("PATCH")) {
            uploads.put(path, received);
            return new Answer(202, "Location: " + path + "\r\nRange: 0-" + (received.length - 1) + "\r\n", NOTHING);
        }
        String digest = target.substring(target.indexOf("digest=") + 7).replace("%3A", ":");
        String blob = path.substring(0, path.indexOf("uploads/")) + digest;
        uploads.remove(path);
        contents.put(blob, new Stored("application/octet-stream", received, digest));
        return new Answer(201, "Location: " + blob + "\r\nDocker-Content-Digest: " + digest + "\r\n", NOTHING);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(String type, byte[] body, String digest) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(int status, String fields, byte[] body) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Incoming(String type, byte[] body) {

        static Incoming read(InputStream in) throws IOException {
            String type = "";
            int length = 0;
            for (String field = line(in); !field.isEmpty(); field = line(in)) {
                int colon = field.indexOf(':');
                String value = field.substring(colon + 1).trim();
                switch (field.substring(0, colon).toLowerCase(Locale.ROOT)) {
                    case "content-type" -> type = value;
                    case "content-length" -> length = Integer.parseInt(value);
                    case "transfer-encoding" -> length = -1;
                    default -> {}
                }
            }
            return new Incoming(type, length < 0 ? unsized(in) : in.readNBytes(length));
        }

        private static byte[] unsized(InputStream in) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = size(in); size > 0; size = size(in)) {
                all.write(in.readNBytes(size));
                line(in);
            }
            line(in);
            return all.toByteArray();
        }

        private static int size(InputStream in) throws IOException {
            return Integer.parseInt(line(in), 16);
        }
    }
}
