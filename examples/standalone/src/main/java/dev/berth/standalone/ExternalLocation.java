package dev.berth.standalone;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import java.util.concurrent.CompletionStage;

/** Makes of a path in {@code Location} the URL by which clients are to reach the registry. */
final class ExternalLocation implements HttpFilter {

    private final String url;

    /** With a URL that has no slash at its end. */
    ExternalLocation(String url) {
        this.url = url;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        return next.handle(request)
                .thenApply(response -> response.headers()
                        .first("Location")
                        .filter(location -> location.startsWith("/"))
                        .map(path -> response.with("Location", url + path))
                        .orElse(response));
    }
}
