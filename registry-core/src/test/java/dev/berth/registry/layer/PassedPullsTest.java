package dev.berth.registry.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.memory.MemoryStorage;
import org.junit.jupiter.api.Test;

class PassedPullsTest {

    private final Registry innermost = new StoredRegistry(new MemoryStorage());

    @Test
    void aRegistryWithoutLayersIsPulledFromAsItIs() {
        assertThat(Layers.passPulls(innermost, innermost)).isTrue();
    }

    @Test
    void layersThatLookAtChangesPassPulls() {
        Registry layered = new NoDeleteRegistry(new FreezableRegistry(new ReadOnlyRegistry(innermost)));

        assertThat(Layers.passPulls(layered, innermost)).isTrue();
    }

    @Test
    void aLayerOfSomebodyElseMayWaitWhereverItIs() {
        Registry theirs = new ForwardingRegistry(innermost) {};

        assertThat(Layers.passPulls(theirs, innermost)).isFalse();
        assertThat(Layers.passPulls(new NoDeleteRegistry(theirs), innermost)).isFalse();
    }

    @Test
    void layersAroundAnotherRegistryAreNotAroundThisOne() {
        Registry other = new StoredRegistry(new MemoryStorage());

        assertThat(Layers.passPulls(new NoDeleteRegistry(other), innermost)).isFalse();
    }
}
