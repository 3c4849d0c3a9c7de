package dev.berth.registry.testkit.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Lets several threads begin at the same moment. */
final class Race {

    private static final long TIMEOUT_SECONDS = 60;

    private Race() {}

    /** What one thread does; {@code index} tells it from the others. */
    interface Runner<T> {
        T run(int index) throws Exception;
    }

    /** What one thread does that has no result. */
    interface Action {
        void run() throws Exception;
    }

    /** Lets as many threads run and returns what each came to, in the order of their indexes. The first failure is thrown. */
    static <T> List<T> of(int threads, Runner<T> runner) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int index = i;
                Callable<T> task = () -> {
                    start.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                    return runner.run(index);
                };
                futures.add(pool.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("A thread of the race failed: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Lets two actions begin at the same moment and waits for both. */
    static void between(Action one, Action other) throws Exception {
        of(2, index -> {
            (index == 0 ? one : other).run();
            return index;
        });
    }
}
