package dev.berth.registry.micrometer;

import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.ResponseBody;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times requests until their last byte has gone out, and counts the bytes of their bodies: a filter to be put in front of all
 * others.
 *
 * <ul>
 *   <li>{@code registry.requests}: a timer by {@code endpoint} (such as {@code manifest_get}) and {@code status}
 *   <li>{@code registry.received}, {@code registry.sent}: counters of bytes, by {@code endpoint}
 *   <li>{@code registry.requests.active}: a gauge
 * </ul>
 *
 * <p>No tag is what a client has made up, so there are a few hundred meters at most. Percentiles and histograms are the {@code
 * MeterRegistry}'s to switch on, by a {@code MeterFilter}. Safe for use by several threads.
 */
public final class RequestMeters implements HttpFilter {

    private final MeterRegistry meters;
    private final AtomicInteger active;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, Counter> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> sent = new ConcurrentHashMap<>();

    private record Kind(String endpoint, int status) {}

    /** A filter that tells these meters. */
    public RequestMeters(MeterRegistry meters) {
        this.meters = meters;
        this.active = meters.gauge("registry.requests.active", new AtomicInteger());
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        long start = System.nanoTime();
        String endpoint = name(request.endpoint());
        Counter in = received.computeIfAbsent(
                endpoint, name -> bytes("registry.received", "Bytes received in bodies.", name));
        active.incrementAndGet();
        return next.handle(request.withBody(RequestBody.watched(request.body(), in::increment)))
                .thenApply(response -> response.withBody(ResponseBody.watched(
                        response.body(), total -> end(new Kind(endpoint, response.status()), total, start))));
    }

    private void end(Kind kind, long total, long start) {
        active.decrementAndGet();
        sent.computeIfAbsent(kind.endpoint(), name -> bytes("registry.sent", "Bytes sent in bodies.", name))
                .increment((double) total);
        timers.computeIfAbsent(kind, this::timer).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("registry.requests")
                .description("From the head of the request to the end of the answer.")
                .tag("endpoint", kind.endpoint())
                .tag("status", Integer.toString(kind.status()))
                .register(meters);
    }

    private Counter bytes(String name, String description, String endpoint) {
        return Counter.builder(name)
                .description(description)
                .baseUnit("bytes")
                .tag("endpoint", endpoint)
                .register(meters);
    }

    private static String name(Optional<Endpoint> endpoint) {
        return endpoint.map(e -> e.name().toLowerCase(Locale.ROOT)).orElse("other");
    }
}
