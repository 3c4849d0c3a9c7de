package dev.berth.benchmarks;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.pattern.RepositoryPattern;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.quota.UsageCount;
import dev.berth.registry.retention.Keep;
import dev.berth.registry.retention.RetentionListener;
import dev.berth.registry.retention.RetentionPlan;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What it costs to look after a registry: quotas and the notes of what is pulled, as ratios of the rates with and without them, in
 * turn; and how long it takes, and how much memory, to decide about very many tags, and to count.
 *
 * <p>Arguments: how many tags; {@code short} for a run that only proves that everything works.
 */
public final class Policies {

    private static final RetentionPolicy POLICY = RetentionPolicy.builder()
            .in(
                    "**",
                    all -> all.keep(Keep.all("release-*"))
                            .keep(Keep.newestOfEachMinor(2))
                            .keep(Keep.newest(1000))
                            .keep(Keep.pushedWithin(Duration.ZERO))
                            .deleteUntaggedAfter(Duration.ofDays(7)))
            .build();

    private Policies() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int tags = Integer.parseInt(args[0]);
        boolean quick = args.length > 1 && args[1].equals("short");
        Path scratch = Files.createTempDirectory("berth-benchmark");
        try {
            rates(scratch, quick);
            manyTags(scratch.resolve("many"), tags);
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private static void rates(Path scratch, boolean quick) throws IOException, InterruptedException {
        int rounds = quick ? 2 : 9;
        Samples plainPulls = new Samples();
        Samples notedPulls = new Samples();
        Samples plainPushes = new Samples();
        Samples limitedPushes = new Samples();
        try (RegistryServer plain = RegistryServer.builder()
                        .directory(scratch.resolve("plain"), Durability.FAST)
                        .start();
                RegistryServer noted = RegistryServer.builder()
                        .directory(scratch.resolve("noted"), Durability.FAST)
                        .quota(Quota.of("**").bytes(1L << 40).tags(1 << 30).manifests(1 << 30))
                        .retain(Duration.ofHours(24), POLICY)
                        .start()) {
            SampleImage.push(plain.port());
            SampleImage.push(noted.port());
            for (int round = 0; round < rounds; round++) {
                double plainPull = Wrk.rate(plain.port(), SampleImage.MANIFEST, quick ? 1 : 4);
                double notedPull = Wrk.rate(noted.port(), SampleImage.MANIFEST, quick ? 1 : 4);
                double plainPush = pushes(plain, round, quick ? 20 : 400);
                double limitedPush = pushes(noted, round, quick ? 20 : 400);
                // The first rounds are slower: the JVM has not compiled all of it.
                if (quick || round > 1) {
                    plainPulls.add(plainPull);
                    notedPulls.add(notedPull);
                    plainPushes.add(plainPush);
                    limitedPushes.add(limitedPush);
                }
            }
        }
        print("manifest GET by tag, plain", plainPulls.show("/s"));
        print("  with quotas, and noted", notedPulls.show("/s"));
        print("  ratio", notedPulls.dividedBy(plainPulls).show("x"));
        print("images pushed, plain, without fsync", plainPushes.show("/s"));
        print("  with quotas", limitedPushes.show("/s"));
        print("  ratio", limitedPushes.dividedBy(plainPushes).show("x"));
    }

    private static double pushes(RegistryServer server, int round, int count) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Image.random(round * 100_000L + i, 100).pushTo(server.registry(), "team/app", "t" + i);
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static void manyTags(Path directory, int tags) throws IOException {
        try (Storage storage = FileStorage.open(directory, Durability.FAST)) {
            long begun = System.nanoTime();
            fill(storage, tags);
            print(tags + " tags, each with a manifest", "generated in " + seconds(begun));
            StoredRegistry registry =
                    new StoredRegistry(storage, RegistryOptions.defaults().withNotesOfUses(true));
            long before = usedHeap();
            begun = System.nanoTime();
            RetentionPlan plan = registry.retention(POLICY).plan();
            print("a plan of what goes and what stays", seconds(begun) + ": " + plan.count());
            print("  heap that it takes", String.format(Locale.ROOT, "%.0f MiB", (usedHeap() - before) / 1048576.0));
            begun = System.nanoTime();
            UsageCount count = registry.usage().count(RepositoryPattern.any());
            print("the usage counted", seconds(begun) + ": " + count.usage());
            begun = System.nanoTime();
            String total = registry.retention(POLICY)
                    .run(registry, RetentionListener.none(), () -> false)
                    .total()
                    .toString();
            print("the policy carried out", seconds(begun) + ": " + total);
            // Otherwise the plan might have been given up before its heap was measured.
            print("  of which the plan foretold", plan.count().tagsDeleted() + " tags");
        }
    }

    private static void fill(Storage storage, int tags) throws IOException {
        String repository = "repositories/team/many/_manifests/";
        for (int i = 0; i < tags; i++) {
            byte[] manifest =
                    ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"number\":" + i
                                    + "}")
                            .getBytes(StandardCharsets.US_ASCII);
            Digest digest = DigestAlgorithm.SHA256.digest(manifest);
            byte[] link = digest.toString().getBytes(StandardCharsets.US_ASCII);
            storage.blobs().put(digest, ByteBuffer.wrap(manifest));
            storage.metadata().put(repository + "revisions/sha256/" + digest.hex() + "/link", link);
            storage.metadata().put(repository + "tags/1." + i / 100 + "." + i % 100 + "/current/link", link);
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String seconds(long begun) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begun) / 1e9);
    }

    private static void print(String what, String figure) {
        System.out.printf(Locale.ROOT, "%-40s %s%n", what, figure);
    }
}
