package dev.berth.registry.http;

import dev.berth.registry.Registry;

/**
 * The registry as one request may see it. A filter hands a request a view ({@link RegistryRequest#withView}) where who asks
 * decides what there is, as in the catalogue. Views do not replace the refusal of a request as a whole.
 */
@FunctionalInterface
public interface RegistryView {

    /** The whole registry, as everybody sees it unless told. */
    RegistryView WHOLE = registry -> registry;

    /** What the request works on. Called once for each request, so it has to be cheap. */
    Registry of(Registry registry);
}
