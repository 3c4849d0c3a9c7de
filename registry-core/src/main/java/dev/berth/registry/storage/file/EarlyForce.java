package dev.berth.registry.storage.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Has the disk take an upload's data while more of it comes, so that its commit has little left to wait for. An operating
 * system tells of data that it could not write once only: an upload to which that happened is never committed.
 */
final class EarlyForce {

    /** How many bytes are worth going to the disk for. */
    static final long STEP = 16L << 20;

    /** Never goes to the disk. */
    static final long NEVER = Long.MAX_VALUE;

    private final Path data;
    private final SpareThreads threads;
    private final Force force;
    private final long step;
    private long begunAt;

    /** What the last one came to; there is no other after one that failed. */
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** Makes sure that a file's data are on disk. */
    @FunctionalInterface
    interface Force {
        void of(Path file) throws IOException;
    }

    EarlyForce(Path data, SpareThreads threads, Force force, long step) {
        this.data = data;
        this.threads = threads;
        this.force = force;
        this.step = step;
    }

    /** To be called by the writer when the data has {@code size} bytes. */
    void reached(long size) throws IOException {
        if (size - begunAt < step || !last.isDone()) {
            return;
        }
        await();
        CompletableFuture<Void> next = new CompletableFuture<>();
        if (threads.offer(() -> run(next))) {
            begunAt = size;
            last = next;
        }
    }

    /**
     * Waits until the disk has all of the data.
     *
     * @throws NoSuchFileException if the data is gone
     * @throws IOException if something did not arrive there, now or before
     */
    void finish() throws IOException {
        await();
        try {
            force.of(data);
        } catch (FileSystemException | ClosedByInterruptException e) {
            // The file is gone or could not be opened: that says nothing of the disk.
            throw e;
        } catch (IOException e) {
            last = CompletableFuture.failedFuture(e);
            throw e;
        }
    }

    private void await() throws IOException {
        try {
            last.join();
        } catch (CompletionException e) {
            throw new IOException(
                    "Data of the upload could not be written to disk; begin the upload anew", e.getCause());
        }
    }

    // Whatever it was, the data are not known to be on disk.
    private void run(CompletableFuture<Void> outcome) {
        try {
            force.of(data);
            outcome.complete(null);
        } catch (FileSystemException e) {
            // Ended meanwhile, and nothing is ever asked of it again; or it could not be opened, and the end tries
            // again.
            outcome.complete(null);
        } catch (Exception | Error e) {
            outcome.completeExceptionally(e);
        }
    }
}
