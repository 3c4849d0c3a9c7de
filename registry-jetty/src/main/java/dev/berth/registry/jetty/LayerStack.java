package dev.berth.registry.jetty;

import dev.berth.registry.Registry;
import dev.berth.registry.layer.FreezableRegistry;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.layer.ReadOnlyRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * A registry and the layers around it.
 *
 * @param registries from the innermost to the outermost; each sees the one before
 */
record LayerStack(List<Registry> registries) {

    LayerStack {
        registries = List.copyOf(registries);
    }

    /** What is put around a registry, and may want to know where content is kept. */
    interface Layer {
        Registry around(Registry next, Registry innermost);
    }

    static LayerStack of(Registry innermost, List<Layer> layers) {
        List<Registry> registries = new ArrayList<>(List.of(innermost));
        for (Layer layer : layers) {
            registries.add(layer.around(registries.get(registries.size() - 1), innermost));
        }
        return new LayerStack(registries);
    }

    /** Where content is kept. */
    Registry innermost() {
        return registries.get(0);
    }

    /** The registry with all layers. */
    Registry outermost() {
        return registries.get(registries.size() - 1);
    }

    /** The registry with so many layers. */
    Registry with(int layers) {
        return registries.get(layers);
    }

    /** Whether a pull takes no more than it does without layers. */
    boolean passesPulls() {
        return Layers.passPulls(outermost(), innermost());
    }

    /** Whether nobody can ever change it by this server. */
    boolean isReadOnlyForever() {
        return registries.stream().anyMatch(ReadOnlyRegistry.class::isInstance);
    }

    /** Whether changes are refused now. */
    boolean isReadOnly() {
        for (Registry registry : registries) {
            if (registry instanceof ReadOnlyRegistry || (registry instanceof FreezableRegistry f && f.isFrozen())) {
                return true;
            }
        }
        return false;
    }
}
