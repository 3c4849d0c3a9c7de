package dev.berth.benchmarks;

import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.storage.memory.MemorySnapshot;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a test pays for a registry of its own with a small image in it, and what is left of it: one in this JVM, beside Docker's
 * registry as a process, which a container of it takes in any case.
 *
 * <p>Arguments: {@code short} for a run that only proves that everything works.
 */
public final class TestRegistries {

    private TestRegistries() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        boolean quick = args.length > 0 && args[0].equals("short");
        int tests = quick ? 20 : 1000;
        inProcess(quick ? 5 : 200);
        ProcessUsage self = new ProcessUsage(ProcessHandle.current());
        int threads = Thread.getAllStackTraces().size();
        long files = self.openFiles();
        long before = usedMemory();
        Samples ours = inProcess(tests);
        long left = usedMemory() - before;
        print("a registry, an image, and its end", ours.show("ms"));
        print(
                "  left after " + tests + " of them",
                (Thread.getAllStackTraces().size() - threads) + " threads, " + (self.openFiles() - files)
                        + " open files, " + left / 1024 + " KiB");
        print("  put back to a snapshot", snapshots(tests).show("us"));
        print("docker-registry, an image, and its end", peer(quick ? 2 : 30).show("ms"));
    }

    private static Samples inProcess(int tests) throws IOException {
        Samples samples = new Samples();
        Image image = Image.random(1, 1000);
        for (int i = 0; i < tests; i++) {
            long start = System.nanoTime();
            try (RegistryServer server = RegistryServer.start()) {
                image.pushTo(server.registry(), "team/app", "1.0");
            }
            samples.add((System.nanoTime() - start) / 1e6);
        }
        return samples;
    }

    private static Samples snapshots(int tests) throws IOException {
        Samples samples = new Samples();
        MemoryStorage storage = new MemoryStorage();
        try (RegistryServer server = RegistryServer.builder().storage(storage).start()) {
            Image.random(1, 1000).pushTo(server.registry(), "team/app", "1.0");
            MemorySnapshot snapshot = storage.snapshot();
            for (int i = 0; i < tests; i++) {
                Image.random(2, 1000).pushTo(server.registry(), "team/app", "1.0");
                long start = System.nanoTime();
                storage.restore(snapshot);
                samples.add((System.nanoTime() - start) / 1e3);
            }
        }
        return samples;
    }

    private static Samples peer(int tests) throws IOException {
        Samples samples = new Samples();
        Path scratch = Files.createTempDirectory("berth-benchmark");
        try {
            for (int i = 0; i < tests; i++) {
                long start = System.nanoTime();
                try (RegistryProcess process =
                        RegistryProcess.dockerRegistry(Files.createDirectory(scratch.resolve("r" + i)))) {
                    SampleImage.push(process.port());
                }
                samples.add((System.nanoTime() - start) / 1e6);
            }
        } finally {
            DirectoryTree.delete(scratch);
        }
        return samples;
    }

    private static long usedMemory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void print(String what, String figure) {
        System.out.printf(Locale.ROOT, "%-40s %s%n", what, figure);
    }
}
