package dev.berth.registry.http.management;

import dev.berth.registry.health.Health;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.Route;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers {@code /livez}, {@code /readyz} and {@code /healthz} beside the protocol, to everybody and with one word: 200 or 503,
 * and not why. It belongs in front of what asks for passwords.
 */
public final class HealthFilter implements HttpFilter {

    private final Health health;

    /** A filter that says how {@code health} is. */
    public HealthFilter(Health health) {
        this.health = health;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        // None of them is a path of the protocol, so that all others are let through by one look.
        boolean other = !(request.route() instanceof Route.Invalid)
                || !(request.method().equals("GET") || request.method().equals("HEAD"));
        if (other) {
            return next.handle(request);
        }
        return switch (path(request)) {
            case "/livez" -> now(HealthAnswers.word(request, true));
            case "/readyz", "/healthz" ->
                now(HealthAnswers.word(request, health.report().isUp()));
            default -> next.handle(request);
        };
    }

    static String path(RegistryRequest request) {
        int question = request.target().indexOf('?');
        return question < 0 ? request.target() : request.target().substring(0, question);
    }

    private static CompletionStage<RegistryResponse> now(RegistryResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
