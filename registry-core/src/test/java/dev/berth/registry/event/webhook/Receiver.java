package dev.berth.registry.event.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who is told: a server that keeps what it is sent, and answers as it was told to. */
final class Receiver implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\",\"timestamp\"");

    /** A request as it came. */
    record Received(String type, String authorization, String body) {

        String id() {
            Matcher id = ID.matcher(body);
            if (!id.find()) {
                throw new AssertionError("No id in " + body);
            }
            return id.group(1);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Received> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Received> refused = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Receiver() throws IOException {
        this(0);
    }

    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received received = new Received(
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            gate.await();
            int answer = status;
            (answer < 300 ? accepted : refused).add(received);
            exchange.sendResponseHeaders(answer, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/hook");
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answer(int newStatus) {
        status = newStatus;
    }

    /** Answers nobody until {@link #letGo}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** The next that was taken. */
    Received next() throws InterruptedException {
        return take(accepted);
    }

    List<Received> next(int count) throws InterruptedException {
        List<Received> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(next());
        }
        return list;
    }

    /** The next that was not. */
    Received nextRefused() throws InterruptedException {
        return take(refused);
    }

    boolean hasNothing() {
        return accepted.isEmpty();
    }

    private static Received take(BlockingQueue<Received> queue) throws InterruptedException {
        Received received = queue.poll(30, TimeUnit.SECONDS);
        if (received == null) {
            throw new AssertionError("Nothing came within 30 s");
        }
        return received;
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
