package dev.berth.registry.jetty;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.event.EventListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** What is to be done every so often to keep a registry in order. Not safe for use by several threads. */
final class UpkeepPlan {

    private final List<Placed> chores = new ArrayList<>();
    private BooleanSupplier paused = () -> false;

    /** @param place how many layers stand behind what is done */
    private record Placed(int place, Chores.Maker maker) {}

    /** Has something done to a registry with its first {@code place} layers. */
    void add(int place, Chores.Maker maker) {
        chores.add(new Placed(place, maker));
    }

    void pauseWhile(BooleanSupplier newPaused) {
        paused = newPaused;
    }

    /** @throws IllegalArgumentException if that is more often than can be done */
    static Duration atLeastAMillisecond(Duration every) {
        if (every.toMillis() < 1) {
            throw new IllegalArgumentException("Upkeep is done every millisecond at most, not every " + every);
        }
        return every;
    }

    /** @throws IllegalStateException if there is something to do that cannot be done to this registry */
    void requireFit(Registry innermost) {
        if (!chores.isEmpty() && !(innermost instanceof StoredRegistry)) {
            throw new IllegalStateException(
                    "What keeps a registry in order works on a StoredRegistry, and this is another: " + innermost);
        }
    }

    /**
     * Begins to do it, if there is something to do.
     *
     * @param telling makes of a registry one that tells what the upkeep does to it
     * @param listener is told the rest
     */
    Optional<Upkeep> start(LayerStack layers, UnaryOperator<Registry> telling, EventListener listener) {
        if (chores.isEmpty() || !(layers.innermost() instanceof StoredRegistry stored)) {
            return Optional.empty();
        }
        List<Upkeep.Chore> all = new ArrayList<>();
        for (Placed placed : chores) {
            all.addAll(placed.maker().make(stored, telling.apply(layers.with(placed.place())), listener));
        }
        return Optional.of(Upkeep.start(all, paused));
    }
}
