package dev.berth.benchmarks.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A limit: a socket, a thread for each connection, and the same bytes whenever an empty line has come. It understands nothing.
 *
 * <p>Arguments: the port; the size of the answer in bytes.
 */
public final class EmptyLoop {

    private EmptyLoop() {}

    /** Runs it until it is stopped. */
    public static void main(String[] args) throws IOException {
        int size = Integer.parseInt(args[1]);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + size
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[head.length + size];
        System.arraycopy(head, 0, answer, 0, head.length);
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(args[0]), 1024, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread thread = new Thread(() -> serve(socket, answer));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket socket, byte[] answer) {
        byte[] buffer = new byte[8192];
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            int state = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    boolean expected = buffer[i] == (state % 2 == 0 ? '\r' : '\n');
                    state = expected ? state + 1 : 0;
                    if (state == 4) {
                        out.write(answer);
                        state = 0;
                    }
                }
            }
        } catch (IOException e) {
            // The client has gone.
            return;
        }
    }
}
