package dev.berth.registry.http.management;

import dev.berth.registry.health.Health;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Answers those who look after a registry. Nobody is asked for a password, and what is wrong is said in full, so it belongs on
 * a port that others do not reach.
 *
 * <ul>
 *   <li>{@code /livez}: 200 as long as it answers at all; a restart helps where it does not.
 *   <li>{@code /readyz}, {@code /healthz}: 200, or 503 if a check fails, with what each has found.
 *   <li>{@code /debug/health}: the same as Docker's registry says it, with nothing but what fails.
 *   <li>the path of the metrics, in Prometheus' text format.
 * </ul>
 */
public final class ManagementHandler implements RegistryHandler {

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final Optional<String> metricsPath;
    private final Supplier<String> metrics;

    /**
     * A handler.
     *
     * @param health how the registry is doing
     * @param metricsPath where the metrics are, such as {@code /metrics}; empty for nowhere
     * @param metrics what they are
     */
    public ManagementHandler(Health health, Optional<String> metricsPath, Supplier<String> metrics) {
        this.health = health;
        this.metricsPath = metricsPath;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<RegistryResponse> handle(RegistryRequest request) {
        return CompletableFuture.completedFuture(answer(request));
    }

    private RegistryResponse answer(RegistryRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return RegistryResponse.of(405, "Allow", "GET, HEAD");
        }
        String path = HealthFilter.path(request);
        if (metricsPath.isPresent() && path.equals(metricsPath.get())) {
            return HealthAnswers.text(request, 200, METRICS_TYPE, metrics.get().getBytes(StandardCharsets.UTF_8));
        }
        return switch (path) {
            case "/livez" -> HealthAnswers.word(request, true);
            case "/readyz", "/healthz" -> HealthAnswers.report(request, health.report());
            case "/debug/health" -> HealthAnswers.failures(request, health.report());
            default ->
                HealthAnswers.text(
                        request,
                        404,
                        "text/plain; charset=utf-8",
                        ("here are /livez, /readyz, /healthz, /debug/health"
                                        + metricsPath.map(p -> ", " + p).orElse("") + "\n")
                                .getBytes(StandardCharsets.UTF_8));
        };
    }
}
