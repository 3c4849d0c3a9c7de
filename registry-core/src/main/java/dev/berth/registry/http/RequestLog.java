package dev.berth.registry.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each exchange when its response has been sent, one line to the logger {@code dev.berth.registry.access} at level
 * info: address, user or {@code -}, method and target, status, bytes of the body sent, milliseconds, user agent. No header that can hold a
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
                .thenApply(response -> response.withBody(
                        ResponseBody.watched(response.body(), sent -> log(request, response.status(), sent, start))));
    }

    private static void log(RegistryRequest request, int status, long sent, long start) {
        String agent = request.headers().first("User-Agent").orElse("-");
        String user = request.notes().caller().name();
        LOG.info(
                "{} {} \"{} {}\" {} {} {}ms \"{}\"",
                request.connection().remoteAddress(),
                user.isEmpty() ? "-" : oneLine(user),
                request.method(),
                oneLine(request.target()),
                status,
                sent,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                oneLine(agent));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[^\\x20-\\x7e]|\"", "?");
    }
}
