package dev.berth.standalone;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.Query;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.Route;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Pages of the catalogue and of tags have limits of their own in Docker's registry, where core has one for all lists. */
final class PageLimits implements HttpFilter {

    private final int catalogLimit;
    private final int tagLimit;

    PageLimits(int catalogLimit, int tagLimit) {
        this.catalogLimit = catalogLimit;
        this.tagLimit = tagLimit;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        Route route = request.route();
        if (route instanceof Route.Catalog) {
            return next.handle(limited(request, catalogLimit));
        }
        return next.handle(route instanceof Route.Tags ? limited(request, tagLimit) : request);
    }

    private static RegistryRequest limited(RegistryRequest request, int limit) {
        Query query = request.query();
        Optional<String> n = query.first("n");
        // What is no number is refused further on.
        boolean within = n.filter(number -> !number.matches("[0-9]{1,9}") || Integer.parseInt(number) <= limit)
                .isPresent();
        return within ? request : request.withQuery(query.without("n").plus("n", Integer.toString(limit)));
    }
}
