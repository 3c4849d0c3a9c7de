package dev.berth.benchmarks;

import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The figures that the foundation is held to: start, manifest pulls, blob pushes and pulls, each beside Docker's registry in
 * the same run, and a blob of 2 GiB in a heap of 64 MiB. Needs the runnable jar, {@code docker-registry} and {@code wrk}.
 *
 * <p>Arguments: the jar; {@code short} for a run that only proves that everything works.
 */
public final class Foundation {

    private static final int MEBI = 1 << 20;

    private final Path jar;
    private final boolean quick;
    private final Path scratch;

    private Foundation(Path jar, boolean quick, Path scratch) {
        this.jar = jar;
        this.quick = quick;
        this.scratch = scratch;
    }

    /** Runs all and prints a line for each. */
    public static void main(String[] args) throws Exception {
        Path scratch = Files.createTempDirectory("berth-benchmark");
        boolean quick = args.length > 1 && args[1].equals("short");
        Foundation foundation = new Foundation(Path.of(args[0]), quick, scratch);
        try {
            foundation.coldStart();
            foundation.warmStart();
            foundation.manifests();
            foundation.blobs();
            foundation.hugeBlob();
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private void coldStart() throws IOException, InterruptedException {
        Samples berth = new Samples();
        Samples jvm = new Samples();
        Samples peer = new Samples();
        for (int i = 0; i < (quick ? 1 : 11); i++) {
            try (RegistryProcess process = RegistryProcess.berth(
                    jar, List.of(), "--data", fresh("start").toString())) {
                berth.add(process.startMillis());
            }
            try (RegistryProcess process = RegistryProcess.dockerRegistry(fresh("start"))) {
                peer.add(process.startMillis());
            }
            jvm.add(emptyJvm());
        }
        print("cold start to the first 200", berth.show("ms"));
        print("  of which a JVM that does nothing", jvm.show("ms"));
        print("  docker-registry", peer.show("ms"));
    }

    private static double emptyJvm() throws IOException, InterruptedException {
        long start = System.nanoTime();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        new ProcessBuilder(java, "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - start) / 1e6;
    }

    private void warmStart() {
        Samples samples = new Samples();
        int warmup = quick ? 5 : 200;
        for (int i = 0; i < warmup * 2; i++) {
            long start = System.nanoTime();
            RegistryServer.start().close();
            if (i >= warmup) {
                samples.add((System.nanoTime() - start) / 1e6);
            }
        }
        print("start and stop in a warm JVM", samples.show("ms"));
    }

    private void manifests() throws IOException, InterruptedException {
        try (RegistryProcess berth = RegistryProcess.berth(
                        jar, List.of(), "--data", fresh("manifests-berth").toString());
                RegistryProcess memory = RegistryProcess.berth(jar, List.of(), "--memory");
                RegistryProcess peer = RegistryProcess.dockerRegistry(fresh("manifests-peer"))) {
            for (RegistryProcess process : List.of(berth, memory, peer)) {
                SampleImage.push(process.port());
            }
            String path = "/v2/demo/app/manifests/1.0";
            Wrk.rate(berth.port(), path, quick ? 1 : 10);
            Wrk.rate(memory.port(), path, quick ? 1 : 10);
            Samples files = new Samples();
            Samples inMemory = new Samples();
            Samples theirs = new Samples();
            for (int i = 0; i < (quick ? 1 : 5); i++) {
                files.add(Wrk.rate(berth.port(), path, quick ? 1 : 4));
                theirs.add(Wrk.rate(peer.port(), path, quick ? 1 : 4));
                inMemory.add(Wrk.rate(memory.port(), path, quick ? 1 : 4));
            }
            print("manifest GET by tag, files", files.show("/s"));
            print("manifest GET by tag, memory", inMemory.show("/s"));
            print("  docker-registry", theirs.show("/s"));
            print("  ratio, files / memory", ratio(files, theirs) + " / " + ratio(inMemory, theirs));
        }
    }

    private void blobs() throws IOException {
        byte[] block = new byte[8 * MEBI];
        long size = (quick ? 16L : 128L) * MEBI;
        Path ours = fresh("blobs-berth");
        Path theirs = fresh("blobs-peer");
        try (RegistryProcess berth = RegistryProcess.berth(jar, List.of(), "--data", ours.toString());
                RegistryProcess peer = RegistryProcess.dockerRegistry(theirs)) {
            Samples push = new Samples();
            Samples pull = new Samples();
            Samples theirPush = new Samples();
            Samples theirPull = new Samples();
            for (int i = 0; i < (quick ? 1 : 12); i++) {
                boolean counted = i > 1 || quick;
                // Other bytes each time: content that is there already would not have to be written.
                new Random(i).nextBytes(block);
                String name = "b" + i;
                String digest = digest(block, size);
                Rates first = exchange(i % 2 == 0 ? berth : peer, name, block, size, digest);
                forgetBlobs(i % 2 == 0 ? ours : theirs);
                Rates second = exchange(i % 2 == 0 ? peer : berth, name, block, size, digest);
                forgetBlobs(i % 2 == 0 ? theirs : ours);
                if (counted) {
                    push.add(i % 2 == 0 ? first.push() : second.push());
                    theirPush.add(i % 2 == 0 ? second.push() : first.push());
                    pull.add(i % 2 == 0 ? first.pull() : second.pull());
                    theirPull.add(i % 2 == 0 ? second.pull() : first.pull());
                }
            }
            print("blob push, durable", push.show("MiB/s"));
            print("  docker-registry", theirPush.show("MiB/s"));
            print("  ratio", ratio(push, theirPush));
            print("blob pull, files", pull.show("MiB/s"));
            print("  docker-registry", theirPull.show("MiB/s"));
            print("  ratio", ratio(pull, theirPull));
        }
    }

    private record Rates(double push, double pull) {}

    /** Pushes and then pulls, some times, so that the pulls are as long as the push. */
    private static Rates exchange(RegistryProcess process, String name, byte[] block, long size, String digest)
            throws IOException {
        double push = push(process.port(), name, block, size, digest);
        double pulls = 0;
        for (int i = 0; i < 4; i++) {
            pulls += pull(process.port(), name, digest);
        }
        return new Rates(push, pulls / 4);
    }

    /** Gives the memory that the system keeps the files in back to it, so that the next find as much as these did. */
    private static void forgetBlobs(Path directory) throws IOException {
        DirectoryTree.delete(directory.resolve("docker/registry/v2/blobs"));
    }

    private void hugeBlob() throws IOException {
        byte[] block = new byte[8 * MEBI];
        new Random(8).nextBytes(block);
        long size = quick ? 64L * MEBI : 2048L * MEBI;
        String digest = digest(block, size);
        try (RegistryProcess berth = RegistryProcess.berth(
                jar, List.of("-Xmx64m"), "--data", fresh("huge").toString())) {
            double push = push(berth.port(), "huge", block, size, digest);
            double pull = pull(berth.port(), "huge", digest);
            print(
                    "a blob of " + size / MEBI + " MiB with -Xmx64m",
                    String.format(Locale.ROOT, "pushed at %.0f MiB/s, pulled at %.0f MiB/s", push, pull));
        }
    }

    private static double push(int port, String name, byte[] block, long size, String digest) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            long start = System.nanoTime();
            String location = http.send("POST", "/v2/" + name + "/blobs/uploads/", new byte[0])
                    .require(202)
                    .location();
            http.stream("PUT", withDigest(location, digest), ByteBuffer.wrap(block), size)
                    .require(201);
            return rate(size, start);
        }
    }

    private static double pull(int port, String name, String digest) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            long start = System.nanoTime();
            HttpSocket.Answer answer = http.send("GET", "/v2/" + name + "/blobs/" + digest, new byte[0])
                    .require(200);
            return rate(answer.length(), start);
        }
    }

    private static double rate(long bytes, long start) {
        return bytes / (double) MEBI / ((System.nanoTime() - start) / 1e9);
    }

    static String withDigest(String location, String digest) {
        return location + (location.indexOf('?') < 0 ? '?' : '&') + "digest=" + digest;
    }

    private Path fresh(String name) throws IOException {
        return Files.createTempDirectory(scratch, name);
    }

    static String digest(byte[] block, long size) {
        MessageDigest hash = Hashes.sha256();
        for (long done = 0; done < size; ) {
            int length = (int) Math.min(block.length, size - done);
            hash.update(block, 0, length);
            done += length;
        }
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    private static String ratio(Samples ours, Samples theirs) {
        return String.format(Locale.ROOT, "%.1fx", ours.median() / theirs.median());
    }

    private static void print(String what, String figure) {
        System.out.printf(Locale.ROOT, "%-40s %s%n", what, figure);
    }
}
