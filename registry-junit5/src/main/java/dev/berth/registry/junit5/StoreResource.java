package dev.berth.registry.junit5;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Is closed with the store that holds it. JUnit looks for {@code CloseableResource} alone up to 5.12, and from 5.13 for
 * {@code AutoCloseable} first, deprecating the other; having both is right for every version from 5.10 to 6.
 */
interface StoreResource extends ExtensionContext.Store.CloseableResource, AutoCloseable {

    @Override
    void close() throws IOException;
}
