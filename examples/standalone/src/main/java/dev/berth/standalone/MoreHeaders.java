package dev.berth.standalone;

import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import java.util.concurrent.CompletionStage;

/** Adds header fields to every response. */
final class MoreHeaders implements HttpFilter {

    private final Headers headers;

    MoreHeaders(Headers headers) {
        this.headers = headers;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        return next.handle(request)
                .thenApply(response -> new RegistryResponse(
                        response.status(), response.headers().plusAll(headers), response.body()));
    }
}
