package dev.berth.registry.junit5;

import dev.berth.registry.Registry;
import dev.berth.registry.jetty.RegistryServer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registry that is running for a test. */
final class TestRegistry implements StoreResource {

    /**
     * Enough for a request whose answer the test has seen and the server not yet put down. What a finished test left in
     * flight beyond that interests nobody.
     */
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(200);

    private final Object owner;
    private final RegistryServer server;
    private final Closeable storage;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TestRegistry(Object owner, RegistryServer server, Closeable storage) {
        this.owner = owner;
        this.server = server;
        this.storage = storage;
    }

    static TestRegistry start(Settings settings) {
        RegistryServer.Builder builder = RegistryServer.builder().stopTimeout(STOP_TIMEOUT);
        Closeable storage = settings.storage().applyTo(builder);
        try {
            settings.customizer().customize(builder);
            return new TestRegistry(settings.owner(), builder.start(), storage);
        } catch (Throwable e) {
            closeAfter(e, storage);
            throw e;
        }
    }

    private static void closeAfter(Throwable trouble, Closeable storage) {
        try {
            storage.close();
        } catch (IOException e) {
            trouble.addSuppressed(e);
        }
    }

    /** Whether a parameter or field of this type can be had from a registry. */
    static boolean provides(Class<?> type) {
        return type == RegistryServer.class || type == Registry.class || type == String.class;
    }

    /** What goes into a parameter or field of this type. */
    Object as(Class<?> type) {
        if (type == RegistryServer.class) {
            return server;
        }
        return type == Registry.class ? server.registry() : server.address();
    }

    Object owner() {
        return owner;
    }

    RegistryServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try (storage) {
            server.close();
        }
    }
}
