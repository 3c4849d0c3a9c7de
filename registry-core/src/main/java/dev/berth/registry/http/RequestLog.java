package dev.berth.registry.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each exchange when its response has been sent, one line to the logger {@code dev.berth.registry.access} at level
 * info. No header that can hold a secret is logged.
 */
public final class RequestLog implements HttpFilter {

    private static final Logger LOG = LoggerFactory.getLogger("dev.berth.registry.access");

    /** What a line looks like. */
    public enum Format {
        /** Address, user or {@code -}, method and target, status, bytes of the body sent, milliseconds, user agent. */
        TEXT,
        /**
         * A JSON object: {@code time}, {@code level}, {@code logger}, {@code id}, {@code method}, {@code target}, {@code endpoint},
         * {@code repository}, {@code reference}, {@code status}, {@code received}, {@code sent} (bytes of bodies), {@code
         * milliseconds}, {@code user}, {@code address}, {@code agent}, {@code remarks}. What does not apply is left out.
         */
        JSON
    }

    private final Format format;

    /** A log of all that passes, in text. */
    public RequestLog() {
        this(Format.TEXT);
    }

    /** A log of all that passes. */
    public RequestLog(Format format) {
        this.format = format;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        if (!LOG.isInfoEnabled()) {
            return next.handle(request);
        }
        return format == Format.TEXT ? text(request, next) : json(request, next);
    }

    private static CompletionStage<RegistryResponse> text(RegistryRequest request, RegistryHandler next) {
        long start = System.nanoTime();
        return next.handle(request)
                .thenApply(response -> response.withBody(
                        ResponseBody.watched(response.body(), sent -> log(request, response.status(), sent, start))));
    }

    private static CompletionStage<RegistryResponse> json(RegistryRequest request, RegistryHandler next) {
        long start = System.nanoTime();
        LongAdder received = new LongAdder();
        return next.handle(request.withBody(RequestBody.watched(request.body(), received::add)))
                .thenApply(response -> response.withBody(ResponseBody.watched(
                        response.body(),
                        sent -> LOG.info(RequestLine.json(
                                request, response.status(), received.sum(), sent, System.nanoTime() - start)))));
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
