package dev.berth.registry.http.metrics;

import dev.berth.registry.http.BodyWatch;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.ResponseBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Counts requests by endpoint, method and status, how long they take until their last byte has gone out, and the bytes of
 * their bodies. It belongs in front of all other filters. The names are those of Docker's registry, {@code registry_http_…},
 * and so are the labels: none of them is what a client has made up, so there are a few hundred series at most.
 *
 * <p>Safe for use by several threads.
 */
public final class RequestMetrics implements HttpFilter, MetricSource {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> HANDLERS = List.of(
            "base", "catalog", "tags", "referrers", "manifest", "blob", "blob_upload", "blob_upload_chunk", "other");

    private final Series[][] series = new Series[HANDLERS.size()][METHODS.size() + 1];
    private final List<Series> all = new ArrayList<>();

    /** Nothing counted yet. */
    public RequestMetrics() {
        for (int handler = 0; handler < HANDLERS.size(); handler++) {
            for (int method = 0; method <= METHODS.size(); method++) {
                String name = method < METHODS.size() ? METHODS.get(method) : "OTHER";
                series[handler][method] = new Series(HANDLERS.get(handler), lowerCase(name));
                all.add(series[handler][method]);
            }
        }
    }

    private static String lowerCase(String method) {
        return method.toLowerCase(Locale.ROOT);
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        long start = System.nanoTime();
        int method = method(request.method());
        Series counted = series[handler(request)][method];
        counted.begin();
        boolean bodiless = method < 2;
        RegistryRequest passed =
                bodiless ? request : request.withBody(RequestBody.watched(request.body(), counted::received));
        return next.handle(passed)
                .thenApply(response -> response.withBody(
                        ResponseBody.watched(response.body(), new Exchange(counted, response.status(), start))));
    }

    private static int method(String method) {
        for (int i = 0; i < METHODS.size(); i++) {
            if (METHODS.get(i).equals(method)) {
                return i;
            }
        }
        return METHODS.size();
    }

    private static int handler(RegistryRequest request) {
        Endpoint endpoint = request.endpoint().orElse(null);
        if (endpoint == null) {
            return 8;
        }
        return switch (endpoint) {
            case ROOT -> 8;
            case BASE -> 0;
            case CATALOG -> 1;
            case TAGS -> 2;
            case REFERRERS -> 3;
            case MANIFEST_HEAD, MANIFEST_GET, MANIFEST_PUT, MANIFEST_DELETE -> 4;
            case BLOB_HEAD, BLOB_GET, BLOB_DELETE -> 5;
            case UPLOAD_BEGIN -> 6;
            case UPLOAD_STATUS, UPLOAD_APPEND, UPLOAD_COMMIT, UPLOAD_CANCEL -> 7;
        };
    }

    @Override
    public void writeTo(PrometheusText text) {
        List<Series> used = all.stream().filter(s -> !s.isEmpty()).toList();
        text.counter("registry_http_requests_total", "Requests answered.");
        used.forEach(s -> s.writeCounts(text, "registry_http_requests_total"));
        text.gauge("registry_http_in_flight_requests", "Requests that have not been answered to their end.");
        inFlight()
                .forEach(
                        (handler, count) -> text.sample("registry_http_in_flight_requests", count, "handler", handler));
        text.histogram(
                "registry_http_request_duration_seconds", "From the head of the request to the end of the answer.");
        used.forEach(s -> s.writeDurations(text, "registry_http_request_duration_seconds"));
        text.summary("registry_http_request_size_bytes", "Bytes received in bodies.");
        used.forEach(s -> s.writeReceived(text, "registry_http_request_size_bytes"));
        text.summary("registry_http_response_size_bytes", "Bytes sent in bodies.");
        used.forEach(s -> s.writeSent(text, "registry_http_response_size_bytes"));
    }

    private Map<String, Long> inFlight() {
        Map<String, Long> byHandler = new TreeMap<>();
        all.forEach(s -> byHandler.merge(s.handler(), s.inFlight(), Long::sum));
        return byHandler;
    }

    /** An answer on its way out. */
    private record Exchange(Series series, int status, long start) implements BodyWatch {

        @Override
        public void closed(long total) {
            series.end(status, total, System.nanoTime() - start);
        }
    }
}
