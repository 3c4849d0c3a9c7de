package dev.berth.registry.http;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Stands between clients and the protocol, and sees requests and responses as values: a log, authentication, faults for
 * tests. What concerns only content belongs around the {@code Registry} instead, where it works without HTTP too.
 *
 * <p>A filter may answer itself, pass on another request, or change the response. It may throw a {@code RegistryException}
 * to refuse. Safe for use by several threads.
 */
@FunctionalInterface
public interface HttpFilter {

    /** Answers a request, with the help of {@code next} or without. */
    CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next);

    /** A handler behind filters, the first of which is the outermost. Whatever one throws becomes a response. */
    static RegistryHandler chain(List<HttpFilter> filters, RegistryHandler handler) {
        RegistryHandler chain = Failures.answering(handler);
        for (int i = filters.size() - 1; i >= 0; i--) {
            HttpFilter filter = filters.get(i);
            RegistryHandler next = chain;
            chain = Failures.answering(request -> filter.filter(request, next));
        }
        return chain;
    }
}
