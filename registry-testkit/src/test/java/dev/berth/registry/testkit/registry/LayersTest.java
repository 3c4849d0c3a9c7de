package dev.berth.registry.testkit.registry;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.Events;
import dev.berth.registry.layer.NotifyingRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.time.Clock;
import org.junit.jupiter.api.Nested;

/** Layers that have nothing to object to change nothing. */
class LayersTest {

    private final Registry stored = new StoredRegistry(new MemoryStorage());

    @Nested
    class Notifying extends RegistryContract {
        private final Events events = new Events();
        private final Registry registry = new NotifyingRegistry(stored, events, Clock.systemUTC());

        Notifying() {
            events.subscribe(event -> {});
        }

        @Override
        protected Registry registry() {
            return registry;
        }
    }
}
