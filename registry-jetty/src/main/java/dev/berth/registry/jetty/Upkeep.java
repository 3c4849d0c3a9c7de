package dev.berth.registry.jetty;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does every now and then what keeps a registry in order, one thing after the other on a thread of its own, as long as a server runs. */
final class Upkeep implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long LONGEST_END = 10;

    private final List<Chore> chores;
    private final BooleanSupplier paused;
    private final ScheduledExecutorService thread;
    private volatile boolean closed;

    private Upkeep(List<Chore> chores, BooleanSupplier paused) {
        this.chores = chores;
        this.paused = paused;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "berth-upkeep");
            made.setDaemon(true);
            return made;
        });
    }

    /** What is to be done. */
    interface Work {

        /**
         * Does it.
         *
         * @param cancelled is asked now and then whether to end early
         */
        void run(BooleanSupplier cancelled) throws IOException;
    }

    /**
     * What is to be done, and how often.
     *
     * @param name what a log calls it
     * @param every from the end of one time to the beginning of the next; the first time comes when it has passed once
     * @param lastly whether it is done once more at the end
     */
    record Chore(String name, Duration every, boolean lastly, Work work) {}

    /** @param paused whether nothing is to be done for now */
    @SuppressWarnings("FutureReturnValueIgnored") // Whatever goes wrong in a chore, it says itself.
    static Upkeep start(List<Chore> chores, BooleanSupplier paused) {
        Upkeep upkeep = new Upkeep(List.copyOf(chores), paused);
        for (Chore chore : chores) {
            long millis = chore.every().toMillis();
            upkeep.thread.scheduleWithFixedDelay(() -> upkeep.turn(chore), millis, millis, TimeUnit.MILLISECONDS);
        }
        return upkeep;
    }

    private void turn(Chore chore) {
        if (!paused.getAsBoolean()) {
            run(chore, () -> closed || paused.getAsBoolean());
        }
    }

    private static void run(Chore chore, BooleanSupplier cancelled) {
        try {
            chore.work().run(cancelled);
        } catch (IOException | RuntimeException e) {
            // The next time may go better; a schedule ends with the first failure that it sees.
            LOG.warn("{} failed", chore.name(), e);
        }
    }

    /** Ends what goes on, at its next step. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_END, TimeUnit.SECONDS)) {
                LOG.warn("The upkeep has not ended in {} s", LONGEST_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        chores.stream().filter(Chore::lastly).forEach(chore -> run(chore, () -> false));
    }
}
