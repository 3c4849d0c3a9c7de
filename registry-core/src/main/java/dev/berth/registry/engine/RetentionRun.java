package dev.berth.registry.engine;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.retention.RetentionCount;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.retention.RetentionListener;
import dev.berth.registry.retention.RetentionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** What a policy has done so far. */
final class RetentionRun {

    private static final int MOST_OBSTACLES = 100;

    private final RetentionListener listener;
    private final BooleanSupplier cancelled;
    private final SortedMap<RepositoryName, RetentionCount> counts = new TreeMap<>();
    private final List<String> obstacles = new ArrayList<>();

    RetentionRun(RetentionListener listener, BooleanSupplier cancelled) {
        this.listener = listener;
        this.cancelled = cancelled;
    }

    /** It is done, or left undone. */
    void decided(RetentionDecision decision) {
        counts.put(
                decision.repository(),
                counts.getOrDefault(decision.repository(), RetentionCount.NONE).plus(decision));
        listener.decided(decision);
    }

    void obstacle(String message) {
        if (obstacles.size() < MOST_OBSTACLES) {
            obstacles.add(message);
        }
    }

    /** @throws CancellationException if somebody wants it to end */
    void step() {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("It was cancelled");
        }
    }

    BooleanSupplier cancelled() {
        return cancelled;
    }

    RetentionReport report(boolean endedEarly) {
        return new RetentionReport(endedEarly, counts, obstacles);
    }
}
