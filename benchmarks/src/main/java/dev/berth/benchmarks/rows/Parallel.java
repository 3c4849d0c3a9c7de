package dev.berth.benchmarks.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that is done at the same time, by a thread for each. */
final class Parallel {

    private Parallel() {}

    /** Does {@code work} with each of {@code items}, and waits for all. */
    static <T> void each(List<T> items, Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(items.size());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (T item : items) {
                all.add(threads.submit(() -> {
                    work.with(item);
                    return item;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What is done with each. */
    interface Work<T> {
        void with(T item) throws Exception;
    }
}
