package dev.berth.benchmarks.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Work that is done at the same time. */
final class Parallel {

    private Parallel() {}

    /** Does {@code work} with each of {@code items}, by a thread for each, and waits for all. */
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

    /** Does {@code work} with each number from 0 up to {@code count}, by a thread for each processor. */
    static void count(int count, Work<Integer> work) throws Exception {
        AtomicInteger next = new AtomicInteger();
        int processors = Runtime.getRuntime().availableProcessors();
        each(IntStream.range(0, processors).boxed().toList(), thread -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                work.with(i);
            }
        });
    }

    /** What is done with each. */
    interface Work<T> {
        void with(T item) throws Exception;
    }
}
