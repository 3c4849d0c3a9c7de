package dev.berth.registry.layer;

import dev.berth.registry.Registry;
import java.util.Set;

/** What can be said of the layers around a registry as a whole. */
public final class Layers {

    /** None of them does more for a pull than to pass it on. */
    private static final Set<Class<? extends ForwardingRegistry>> PASSING_PULLS = Set.of(
            FreezableRegistry.class,
            ImmutableTagsRegistry.class,
            NoDeleteRegistry.class,
            QuotaRegistry.class,
            ReadOnlyRegistry.class);

    private Layers() {}

    /**
     * Whether a pull of a manifest or a blob from {@code outermost} takes no more than one from {@code innermost}: whether all that is
     * between them are layers of this package that look at changes alone. What others wrote may wait for anything.
     */
    public static boolean passPulls(Registry outermost, Registry innermost) {
        Registry registry = outermost;
        while (registry != innermost) {
            if (!(registry instanceof ForwardingRegistry layer) || !PASSING_PULLS.contains(layer.getClass())) {
                return false;
            }
            registry = layer.next();
        }
        return true;
    }
}
