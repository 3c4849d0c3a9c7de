package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.HttpSocket;
import dev.berth.benchmarks.RandomBlob;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.Samples;
import dev.berth.benchmarks.load.BlobClients;
import dev.berth.benchmarks.load.SlowConnections;
import dev.berth.benchmarks.load.SlowPull;
import dev.berth.benchmarks.load.SlowPush;
import dev.berth.benchmarks.servers.Nginx;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Thousands of clients that move a KiB in a second each, and one that is fast: who is served, with how much, and how fast. */
public final class SlowClients implements Row {

    private static final String REPOSITORY = "demo/slow";
    private static final String ALONE = "alone";
    private static final String NGINX = "nginx";
    private static final int KIBI = 1024;

    @Override
    public String name() {
        return "slow-clients";
    }

    @Override
    public void run(Bench bench) throws Exception {
        RandomBlob blob = RandomBlob.of(3, (long) bench.choose(64, 16) * KIBI * KIBI);
        Path root = bench.fresh("root");
        blob.writeTo(root.resolve("blob"));
        for (int clients : List.of(bench.choose(1000, 50), bench.choose(10_000, 200))) {
            Map<String, Optional<Outcome>> others = new LinkedHashMap<>();
            for (Peer peer : Peer.here(bench, Peer.REGISTRY_2)) {
                others.put(peer.title(), pulls(bench, blob, clients, () -> peer.start(bench.fresh("slow"))));
            }
            if (Peer.installed(bench, NGINX)) {
                try (RegistryProcess nginx = Nginx.start(root, bench.fresh(NGINX))) {
                    others.put(NGINX, tried(bench, NGINX, () -> pulls(bench, nginx, "/blob", blob, clients)));
                }
            }
            for (String where : List.of("files", "memory")) {
                Optional<Outcome> ours = pulls(bench, blob, clients, () -> berth(bench, where));
                report(bench, clients + " slow pulls, " + where, clients, ours, others);
            }
        }
        int clients = bench.choose(1000, 50);
        try (RegistryProcess process = berth(bench, "files")) {
            blob.push(process.port(), REPOSITORY);
            report(bench, clients + " slow pushes, files", clients, pushes(bench, process, blob, clients), Map.of());
        }
    }

    /** A quarter of a gigabyte for everything, as small a machine as people have. */
    private static RegistryProcess berth(Bench bench, String where) throws IOException {
        String[] options = where.equals("memory")
                ? new String[] {"--memory"}
                : new String[] {"--data", bench.fresh("slow").toString()};
        return RegistryProcess.berth(bench.jar(), List.of("-Xmx256m"), options);
    }

    private static Optional<Outcome> pulls(Bench bench, RandomBlob blob, int clients, Start start) throws Exception {
        try (RegistryProcess process = start.now()) {
            blob.push(process.port(), REPOSITORY);
            return tried(
                    bench, clients + " slow pulls", () -> pulls(bench, process, blob.path(REPOSITORY), blob, clients));
        }
    }

    /** A server that cannot serve so many is no reason to measure nothing more. */
    private static Optional<Outcome> tried(Bench bench, String what, Attempt attempt) throws Exception {
        try {
            return Optional.of(attempt.run());
        } catch (IOException e) {
            bench.report().say("  " + what + ": " + e);
            return Optional.empty();
        }
    }

    private static Outcome pulls(Bench bench, RegistryProcess process, String path, RandomBlob blob, int clients)
            throws Exception {
        Samples alone = fast(bench, process, path);
        long start = System.nanoTime();
        try (SlowConnections<SlowPull> slow =
                new SlowConnections<>(process.port(), clients, (channel, i) -> SlowPull.ask(channel, path, blob))) {
            Thread.sleep(bench.choose(2000, 500));
            Samples beside = fast(bench, process, path);
            Outcome outcome = Outcome.of(process, alone, beside);
            long expected = (System.nanoTime() - start) / 1_000_000_000L * KIBI / 2;
            return outcome.served(slow.stop().stream()
                    .filter(client -> client.received() >= expected)
                    .count());
        }
    }

    private static Optional<Outcome> pushes(Bench bench, RegistryProcess process, RandomBlob blob, int clients)
            throws Exception {
        String path = blob.path(REPOSITORY);
        Samples alone = fast(bench, process, path);
        RandomBlob pushed = RandomBlob.of(4, 64 * KIBI);
        List<String> locations = new ArrayList<>();
        try (HttpSocket http = new HttpSocket(process.port())) {
            for (int i = 0; i < clients; i++) {
                locations.add(http.send("POST", "/v2/" + REPOSITORY + "/blobs/uploads/", new byte[0])
                        .require(202)
                        .location());
            }
        }
        try (SlowConnections<SlowPush> slow = new SlowConnections<>(
                process.port(), clients, (channel, i) -> SlowPush.begin(channel, locations.get(i), pushed))) {
            Thread.sleep(bench.choose(2000, 500));
            Samples beside = fast(bench, process, path);
            Outcome outcome = Outcome.of(process, alone, beside);
            List<SlowPush> all = slow.stop();
            all.forEach(SlowPush::rest);
            int taken = 0;
            for (SlowPush push : all) {
                taken += push.wasTaken() ? 1 : 0;
            }
            return Optional.of(outcome.served(taken));
        }
    }

    private static Samples fast(Bench bench, RegistryProcess process, String path) throws IOException {
        Samples samples = new Samples();
        Duration window = Duration.ofMillis(bench.choose(700, 300));
        BlobClients.pull(process, path, 1, window);
        for (int i = 0; i < bench.rounds(); i++) {
            samples.add(BlobClients.pull(process, path, 1, window).rate());
        }
        return samples;
    }

    private void report(
            Bench bench, String what, int clients, Optional<Outcome> ours, Map<String, Optional<Outcome>> others) {
        Outcome berth = ours.orElse(Outcome.NONE);
        Line served = Line.of(name(), what + ": served", "clients", berth.served);
        Line rate = Line.of(name(), what + ": a fast client meanwhile", "MiB/s", berth.beside);
        Line threads = Line.of(name(), what + ": threads", "threads", berth.threads);
        for (Map.Entry<String, Optional<Outcome>> other : others.entrySet()) {
            Outcome theirs = other.getValue().orElse(Outcome.NONE);
            served = served.beside(other.getKey(), theirs.served);
            rate = rate.beside(other.getKey(), theirs.beside).beside(other.getKey() + " alone", theirs.alone);
            threads = threads.beside(other.getKey(), theirs.threads);
        }
        bench.report()
                .add(served.goal(Goal.atLeast(clients))
                        .note("With a heap of 256 MiB, " + berth.residentMib + " MiB in all; " + berth.fileLimit
                                + " files and connections are allowed."));
        bench.report().add(rate.beside(ALONE, berth.alone).goal(Goal.atLeast(0.9, ALONE)));
        bench.report().add(threads.goal(Goal.atMost(64)).note("Those of the virtual machine itself are counted too."));
    }

    private interface Start {
        RegistryProcess now() throws IOException;
    }

    private interface Attempt {
        Outcome run() throws Exception;
    }

    private record Outcome(
            Samples served, Samples alone, Samples beside, Samples threads, long residentMib, String fileLimit) {

        static final Outcome NONE =
                new Outcome(new Samples(), new Samples(), new Samples(), new Samples(), 0, "unknown");

        static Outcome of(RegistryProcess process, Samples alone, Samples beside) throws IOException {
            return new Outcome(
                    new Samples(),
                    alone,
                    beside,
                    Samples.of((double) process.usage().threads()),
                    process.usage().residentBytes() >> 20,
                    process.usage().fileLimit());
        }

        Outcome served(long count) {
            return new Outcome(Samples.of((double) count), alone, beside, threads, residentMib, fileLimit);
        }
    }
}
