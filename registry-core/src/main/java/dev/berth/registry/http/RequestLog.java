package dev.berth.registry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each exchange when its response has been sent, one line to the logger {@code dev.berth.registry.access} at level
 * info: address, method and target, status, bytes of the body sent, milliseconds, user agent. No header that can hold a
 * secret is logged.
 */
public final class RequestLog implements HttpFilter {

    private static final Logger LOG = LoggerFactory.getLogger("dev.berth.registry.access");

    /** A log of all that passes. */
    public RequestLog() {}

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        if (!LOG.isInfoEnabled()) {
            return next.handle(request);
        }
        long start = System.nanoTime();
        return next.handle(request)
                .thenApply(response -> response.withBody(new LoggedBody(response.body(), request, response, start)));
    }

    /** A body's end is the exchange's: it is closed exactly once, whether it was sent or not. */
    private static final class LoggedBody implements ResponseBody {

        private final ResponseBody body;
        private final RegistryRequest request;
        private final RegistryResponse response;
        private final long start;
        private final AtomicBoolean closed = new AtomicBoolean();
        private volatile long sent;

        LoggedBody(ResponseBody body, RegistryRequest request, RegistryResponse response, long start) {
            this.body = body;
            this.request = request;
            this.response = response;
            this.start = start;
        }

        @Override
        public long length() {
            return body.length();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int read = body.read(target, position);
            if (read > 0) {
                sent = Math.max(sent, position + read);
            }
            return read;
        }

        @Override
        public Optional<ByteBuffer> inMemory() {
            Optional<ByteBuffer> bytes = body.inMemory();
            bytes.ifPresent(b -> sent = b.remaining());
            return bytes;
        }

        @Override
        public void close() throws IOException {
            body.close();
            if (closed.compareAndSet(false, true)) {
                log();
            }
        }

        private void log() {
            String agent = request.headers().first("User-Agent").orElse("-");
            LOG.info(
                    "{} \"{} {}\" {} {} {}ms \"{}\"",
                    request.connection().remoteAddress(),
                    request.method(),
                    oneLine(request.target()),
                    response.status(),
                    sent,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                    oneLine(agent));
        }

        private static String oneLine(String text) {
            return text.replaceAll("[^\\x20-\\x7e]|\"", "?");
        }
    }
}
