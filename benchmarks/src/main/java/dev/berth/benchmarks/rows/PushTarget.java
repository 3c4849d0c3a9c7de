package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.DirectoryTree;
import dev.berth.benchmarks.RandomBlob;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.suite.Bench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A registry that big blobs are pushed to, which finds as much room for each as for the one before. */
record PushTarget(String title, RegistryProcess process, Path directory, long size) {

    private static final String REPOSITORY = "demo/push";
    private static final int CHUNK = 16 << 20;
    private static final long WARM_SIZE = 64L << 20;

    /** Berth with files. */
    static PushTarget berth(String title, Bench bench, Servers servers, long size, String... options)
            throws IOException {
        Path directory = bench.fresh("push");
        List<String> all = new ArrayList<>(List.of("--data", directory.toString()));
        all.addAll(List.of(options));
        return new PushTarget(title, servers.start(bench.berth(all.toArray(new String[0]))), directory, size);
    }

    /**
     * Pushes blobs of 64 MiB, {@code count} in each way that it knows: a JVM that has just started compiles while it serves the first
     * requests.
     */
    void warm(int count) throws IOException {
        for (Way way : Way.values()) {
            warm(way, count);
        }
        forget();
    }

    private void warm(Way way, int count) {
        try {
            for (int i = 0; i < count; i++) {
                way.push(RandomBlob.of(System.nanoTime(), Math.min(size, WARM_SIZE)), process.port());
            }
        } catch (IOException e) {
            // Not one of its ways: what counts tells.
            return;
        }
    }

    /** Pushes a blob that was never there before, and gives MiB in a second. */
    double push(Way way) throws IOException {
        RandomBlob blob = RandomBlob.of(System.nanoTime(), size);
        long start = System.nanoTime();
        way.push(blob, process.port());
        double rate = rate(size, start);
        forget();
        return rate;
    }

    /** Pushes so many at a time, each over a connection of its own, and gives MiB in a second of all together. */
    double pushAtOnce(int count) throws Exception {
        List<RandomBlob> blobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blobs.add(RandomBlob.of(System.nanoTime(), size));
        }
        long start = System.nanoTime();
        Parallel.each(blobs, blob -> Way.MONOLITHIC.push(blob, process.port()));
        double rate = rate(count * size, start);
        forget();
        return rate;
    }

    static double rate(long bytes, long start) {
        return bytes / (double) (1 << 20) / ((System.nanoTime() - start) / 1e9);
    }

    /** Gives the system its memory back, in which it keeps the files that it has not written yet. */
    private void forget() throws IOException {
        DirectoryTree.delete(directory.resolve("docker/registry/v2/blobs"));
        // Where the library keeps them.
        DirectoryTree.delete(directory.resolve("blobs"));
    }

    /** How a blob is sent. */
    enum Way {
        MONOLITHIC("monolithic"),
        STREAMED("streamed"),
        CHUNKED("in chunks of 16 MiB");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        private void push(RandomBlob blob, int port) throws IOException {
            switch (this) {
                case MONOLITHIC -> blob.push(port, REPOSITORY);
                case STREAMED -> blob.pushStreamed(port, REPOSITORY);
                case CHUNKED -> blob.pushChunked(port, REPOSITORY, CHUNK);
            }
        }
    }
}
