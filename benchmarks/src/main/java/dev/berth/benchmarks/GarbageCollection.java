package dev.berth.benchmarks;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.CollectionListener;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.CollectionReport;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.image.Image;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long it takes to remove the garbage of a registry half of whose images have lost their tags, beside Docker's registry on a
 * copy of the same directory, what it does to pushes meanwhile, and how long a server takes to start on such a directory.
 *
 * <p>Arguments: the server's jar; how many images, of 10 blobs each; and how many minutes Docker's registry is given.
 */
public final class GarbageCollection {

    private static final long ALONE_SECONDS = 10;

    private GarbageCollection() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]);
        int images = Integer.parseInt(args[1]);
        int minutes = Integer.parseInt(args[2]);
        Path scratch = Files.createTempDirectory("berth-benchmark");
        try {
            Path few = scratch.resolve("few");
            GeneratedRegistry.write(few, 2);
            start(jar, few, 2);
            long begun = System.nanoTime();
            Path ours = scratch.resolve("ours");
            GeneratedRegistry.write(ours, images);
            print(images + " images, " + blobs(images) + " blobs and manifests", "generated in " + seconds(begun));
            start(jar, ours, images);
            Path theirs = scratch.resolve("theirs");
            if (minutes > 0) {
                link(ours, theirs);
            }
            collect(ours);
            if (minutes > 0) {
                print("docker-registry, which has to rest", dockerRegistry(theirs, minutes));
            }
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private static long blobs(int images) {
        return (long) images * (GeneratedRegistry.LAYERS + 1);
    }

    private static void start(Path jar, Path directory, int images) throws IOException {
        Samples start = new Samples();
        Samples manifest = new Samples();
        Samples blob = new Samples();
        for (int run = 0; run < 5; run++) {
            try (RegistryProcess server = RegistryProcess.berth(jar, List.of(), "--data", directory.toString());
                    HttpSocket http = new HttpSocket(server.port())) {
                start.add(server.startMillis());
                manifest.add(millis(http, GeneratedRegistry.manifest(images / 2 - 1 + images / 2 % 2)));
                blob.add(millis(http, GeneratedRegistry.blob(images / 2)));
            }
        }
        print(
                "a server on " + blobs(images),
                "starts in " + start.show("ms") + ", first manifest " + manifest.show("ms") + ", first blob "
                        + blob.show("ms"));
    }

    private static double millis(HttpSocket http, String path) throws IOException {
        long begun = System.nanoTime();
        http.send("GET", path, new byte[0], "Accept", "*/*").require(200);
        return (System.nanoTime() - begun) / 1e6;
    }

    private static void collect(Path ours) throws IOException, InterruptedException {
        try (Storage storage = FileStorage.open(ours)) {
            StoredRegistry registry = new StoredRegistry(storage);
            CollectionOptions options = CollectionOptions.defaults().withUntaggedOlderThan(Duration.ofHours(24));
            long start = System.nanoTime();
            CollectionReport dry = registry.collector(options).dryRun(CollectionListener.none(), () -> false);
            print("a dry run", seconds(start));
            double alone = pushesPerSecond(registry, () -> TimeUnit.SECONDS.sleep(ALONE_SECONDS));
            long[] collecting = new long[1];
            CollectionReport[] report = new CollectionReport[1];
            double meanwhile = pushesPerSecond(registry, () -> {
                long begun = System.nanoTime();
                report[0] = registry.collector(options).collect();
                collecting[0] = System.nanoTime() - begun;
            });
            print(
                    "a collection, durable",
                    String.format(
                            Locale.ROOT,
                            "%.1f s, %d blobs of %.1f MB removed (%d foretold)",
                            collecting[0] / 1e9,
                            report[0].blobs(),
                            report[0].bytes() / 1e6,
                            dry.blobs()));
            print(
                    "  pushes meanwhile",
                    String.format(
                            Locale.ROOT,
                            "%.0f /s, %.0f /s without: %.0f %%",
                            meanwhile,
                            alone,
                            100 * meanwhile / alone));
        }
        print("  heap of this JVM at most", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
    }

    private static double pushesPerSecond(Registry registry, Work work) throws IOException, InterruptedException {
        AtomicBoolean going = new AtomicBoolean(true);
        int[] pushes = {0};
        Thread pusher = new Thread(() -> {
            for (int i = 0; going.get(); i++) {
                try {
                    Image.random(-1L - i, 100).pushTo(registry, "other/app", "latest");
                    pushes[0]++;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        long start = System.nanoTime();
        pusher.start();
        work.run();
        going.set(false);
        pusher.join();
        return pushes[0] / ((System.nanoTime() - start) / 1e9);
    }

    private static String dockerRegistry(Path directory, int minutes) throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolveSibling("docker-registry.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:0"}
                """.formatted(directory));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        "docker-registry", "garbage-collect", "--delete-untagged", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        return ended ? process.exitValue() == 0 ? seconds(start) : "failed" : "stopped after " + seconds(start);
    }

    /** A copy that shares its files, which neither registry writes into. */
    private static void link(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.createLink(to.resolve(from.relativize(file)), file);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String seconds(long start) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
    }

    private static void print(String what, String figure) {
        System.out.printf(Locale.ROOT, "%-40s %s%n", what, figure);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
