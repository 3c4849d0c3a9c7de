package dev.berth.benchmarks.servers;

import dev.berth.benchmarks.Hashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What comes of an upload at least: one thread writes to a file, one hashes, and one has the disk begin with what is there. */
final class BareUpload {

    private static final int UNITS = 16;
    private static final long STEP = 16L << 20;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final FileChannel file;
    private final boolean durable;
    private final Executor threads;
    private final BlockingQueue<ByteBuffer> waiting = new ArrayBlockingQueue<>(UNITS);
    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(UNITS + 2);
    private CompletableFuture<String> hash = CompletableFuture.completedFuture("");
    private CompletableFuture<Void> forced = CompletableFuture.completedFuture(null);
    private long size;
    private long forcedSize;

    BareUpload(Path directory, boolean durable, Executor threads) throws IOException {
        Path blobs = Files.createDirectories(directory.resolve("blobs"));
        this.file = FileChannel.open(
                blobs.resolve(Long.toHexString(System.nanoTime())),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        this.durable = durable;
        this.threads = threads;
    }

    void write(ByteBuffer piece) throws IOException {
        if (size == 0) {
            hash = CompletableFuture.supplyAsync(this::hashed, threads);
        }
        ByteBuffer copy = free.poll();
        if (copy == null || copy.capacity() < piece.remaining()) {
            copy = ByteBuffer.allocate(128 << 10);
        }
        copy.clear().put(piece.duplicate()).flip();
        put(copy);
        while (piece.hasRemaining()) {
            size += file.write(piece);
        }
        if (durable && size - forcedSize >= STEP && forced.isDone()) {
            forcedSize = size;
            forced = CompletableFuture.runAsync(this::force, threads);
        }
    }

    boolean commit(String digest) throws IOException {
        put(END);
        forced.join();
        if (durable) {
            file.force(false);
        }
        file.close();
        return hash.join().equals(digest);
    }

    private void put(ByteBuffer unit) {
        try {
            waiting.put(unit);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String hashed() {
        MessageDigest sha256 = Hashes.sha256();
        try {
            for (ByteBuffer unit = waiting.take(); unit.hasRemaining(); unit = waiting.take()) {
                sha256.update(unit);
                free.offer(unit);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    private void force() {
        try {
            file.force(false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
