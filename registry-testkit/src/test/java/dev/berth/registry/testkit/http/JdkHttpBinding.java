package dev.berth.registry.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.http.ClientGoneException;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a handler with the JDK's server: a thread for each request, and no more than the contract needs. */
final class JdkHttpBinding implements HttpBinding {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @Override
    public URI start(RegistryHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(handler, exchange));
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(RegistryHandler handler, HttpExchange exchange) throws IOException {
        try (exchange) {
            RegistryRequest request = RegistryRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers(exchange),
                    new StreamBody(exchange),
                    new RegistryRequest.Connection("127.0.0.1", false, "127.0.0.1"));
            RegistryResponse response =
                    handler.handle(request).toCompletableFuture().join();
            try (ResponseBody body = response.body()) {
                discardRest(exchange);
                send(exchange, response, body);
            }
        }
    }

    /** This server resets a connection whose request it has not read, and the client would never see the answer. */
    private static void discardRest(HttpExchange exchange) {
        try {
            byte[] buffer = new byte[64 << 10];
            InputStream in = exchange.getRequestBody();
            for (int left = 16 << 20; left > 0; ) {
                int read = in.read(buffer);
                if (read <= 0) {
                    return;
                }
                left -= read;
            }
        } catch (IOException e) {
            // The client has gone, and nobody is left to be answered.
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, RegistryResponse response, ResponseBody body) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(response.status(), body.length() == 0 ? -1 : body.length());
        if (body.length() > 0) {
            ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
            OutputStream out = exchange.getResponseBody();
            for (long position = 0; body.read(buffer, position) >= 0; buffer.clear()) {
                out.write(buffer.array(), 0, buffer.position());
                position += buffer.position();
            }
            out.close();
        }
    }

    private static Headers headers(HttpExchange exchange) {
        List<String> flat = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> {
                    flat.add(name);
                    flat.add(value);
                }));
        return Headers.of(flat.toArray(new String[0]));
    }

    private record StreamBody(HttpExchange exchange) implements RequestBody {

        @Override
        public OptionalLong length() {
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
            return chunked ? OptionalLong.empty() : OptionalLong.of(length == null ? 0 : Long.parseLong(length));
        }

        @Override
        public CompletionStage<Void> drainTo(Sink sink) {
            try {
                byte[] buffer = new byte[64 << 10];
                InputStream in = exchange.getRequestBody();
                for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                    sink.accept(ByteBuffer.wrap(buffer, 0, read));
                }
                return CompletableFuture.completedFuture(null);
            } catch (IOException | RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private static int read(InputStream in, byte[] buffer) throws ClientGoneException {
            try {
                return in.read(buffer);
            } catch (IOException e) {
                throw new ClientGoneException("the client went away", e);
            }
        }
    }
}
