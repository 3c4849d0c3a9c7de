package dev.berth.registry.http;

import dev.berth.registry.Registry;
import java.util.concurrent.CompletionStage;

/**
 * Answers requests. The answer may come later, on another thread: while a client sends a body, no thread waits.
 *
 * <p>Safe for use by several threads. What {@link #of} makes never throws and never fails: every problem is a response.
 */
@FunctionalInterface
public interface RegistryHandler {

    /** Answers one request. The body of the response is the caller's to close. */
    CompletionStage<RegistryResponse> handle(RegistryRequest request);

    /** The protocol in front of a registry. */
    static RegistryHandler of(Registry registry, HttpOptions options) {
        return HttpFilter.chain(options.filters(), new Dispatcher(registry, options));
    }
}
