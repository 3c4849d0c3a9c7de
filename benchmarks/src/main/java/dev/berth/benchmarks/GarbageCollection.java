package dev.berth.benchmarks;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.CollectionListener;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.CollectionReport;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long it takes to remove the garbage of a registry half of whose images have lost their tags, beside Docker's registry on a
 * copy of the same directory, and what it does to pushes meanwhile.
 *
 * <p>Arguments: how many images, of 10 layers each.
 */
public final class GarbageCollection {

    private static final int LAYERS = 10;
    private static final RepositoryName REPOSITORY = new RepositoryName("team/app");

    private GarbageCollection() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int images = Integer.parseInt(args[0]);
        Path scratch = Files.createTempDirectory("berth-benchmark");
        try {
            run(images, scratch.resolve("ours"), scratch.resolve("theirs"));
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private static void run(int images, Path ours, Path theirs) throws IOException, InterruptedException {
        fill(images, ours);
        copy(ours, theirs);
        try (Storage storage = FileStorage.open(ours, Durability.FAST)) {
            StoredRegistry registry = new StoredRegistry(storage);
            CollectionOptions options =
                    CollectionOptions.defaults().withGracePeriod(Duration.ZERO).withUntaggedOlderThan(Duration.ZERO);
            long start = System.nanoTime();
            CollectionReport dry = registry.collector(options).dryRun(CollectionListener.none(), () -> false);
            print("a dry run", seconds(start));
            double alone = pushesPerSecond(registry, () -> Thread.sleep(1000));
            long[] collecting = {0};
            CollectionReport[] report = new CollectionReport[1];
            double meanwhile = pushesPerSecond(registry, () -> {
                long begun = System.nanoTime();
                report[0] = registry.collector(options).collect();
                collecting[0] = System.nanoTime() - begun;
            });
            print(
                    images + " images, " + images * (LAYERS + 2) + " blobs",
                    String.format(
                            Locale.ROOT,
                            "%.1f s, %d blobs of %.1f MB removed (%d as foretold)",
                            collecting[0] / 1e9,
                            report[0].blobs(),
                            report[0].bytes() / 1e6,
                            dry.blobs()));
            print("  pushes meanwhile", String.format(Locale.ROOT, "%.0f /s, %.0f /s without", meanwhile, alone));
        }
        System.gc();
        print("  heap of this JVM at most", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
        print("docker-registry, which has to rest", dockerRegistry(theirs));
    }

    private static void fill(int images, Path directory) throws IOException {
        try (Storage storage = FileStorage.open(directory, Durability.FAST)) {
            StoredRegistry registry = new StoredRegistry(storage);
            for (int i = 0; i < images; i++) {
                ImageBuilder image = Image.builder();
                for (int layer = 0; layer < LAYERS; layer++) {
                    image.layer(Layer.random((long) i * LAYERS + layer, 100));
                }
                image.build().pushTo(registry, REPOSITORY.value(), "t" + i);
                if (i % 2 == 0) {
                    registry.deleteTag(REPOSITORY, new Tag("t" + i));
                }
            }
        }
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

    private static String dockerRegistry(Path directory) throws IOException, InterruptedException {
        Path config = Files.createTempFile("docker-registry", ".yml");
        Files.writeString(config, """
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
        boolean ended = process.waitFor(30, TimeUnit.MINUTES);
        return ended && process.exitValue() == 0 ? seconds(start) : "failed";
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
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
