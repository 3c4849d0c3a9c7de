package dev.berth.registry.junit5;

import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.Closeable;
import java.time.Clock;

/** Where a test's registry keeps its content. */
public enum RegistryStorage {
    /** In memory. */
    MEMORY {
        @Override
        Closeable applyTo(RegistryServer.Builder builder, Clock clock) {
            MemoryStorage storage = new MemoryStorage(clock);
            builder.storage(storage);
            return storage;
        }
    },
    /** In files, below a temporary directory that is deleted when the registry has ended. */
    DIRECTORY {
        @Override
        Closeable applyTo(RegistryServer.Builder builder, Clock clock) {
            TemporaryDirectory directory = TemporaryDirectory.create();
            builder.directory(directory.path(), Durability.FAST);
            return directory;
        }
    };

    /** Makes a server keep its content here, as new as the clock says. Returns what is to be closed after the server. */
    abstract Closeable applyTo(RegistryServer.Builder builder, Clock clock);
}
