package dev.berth.registry.storage.file;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that help with uploads: begun when there is something to do, ended soon after, and nothing ever waits for one. */
final class SpareThreads {

    private final ThreadPoolExecutor threads;
    private final Semaphore free;

    SpareThreads(String name, int most) {
        this.free = new Semaphore(most);
        this.threads = new ThreadPoolExecutor(
                0, most, 2, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> thread(name, task));
    }

    /** Returns whether a thread was free to run {@code task}. */
    boolean offer(Runnable task) {
        // Who is refused often is to be told so without an exception.
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            free.release();
            return false;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            free.release();
        }
    }

    /** Takes nothing more; what runs goes on to its end. */
    void close() {
        threads.shutdown();
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
