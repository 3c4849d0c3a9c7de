package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.HttpSocket;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.SampleImage;
import dev.berth.benchmarks.Samples;
import dev.berth.benchmarks.servers.ManyRegistries;
import dev.berth.benchmarks.servers.OciRegistryLibrary;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.util.List;

/** What a test pays for a registry of its own, in a JVM that is warm; and a thousand of them at once. */
public final class Lifecycle implements Row {

    private static final String LIBRARY = Peer.OCI_REGISTRY.title() + " in this JVM";
    private static final String PEER = Peer.REGISTRY_2.title();

    @Override
    public String name() {
        return "per-test";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int tests = bench.choose(200, 5);
        List<Peer> peers = Peer.here(bench, Peer.REGISTRY_2);
        Turns turns = new Turns();
        turns.add(figures -> {
            figures.add("start", median(tests, () -> RegistryServer.start().close()));
            figures.add("use", median(tests, Lifecycle::used));
        });
        turns.add(figures -> library(bench, tests, figures));
        if (!peers.isEmpty()) {
            turns.add(figures -> figures.add(PEER, median(bench.choose(5, 1), () -> {
                try (RegistryProcess process = peers.get(0).start(bench.fresh("test"))) {
                    use(process.port());
                }
            })));
        }
        Figures figures = turns.take(bench);
        bench.report()
                .add(Line.of(name(), "start and stop in a warm JVM", "ms", figures.of("start"))
                        .beside(LIBRARY, figures.of("library start"))
                        .goal(Goal.atMost(2)));
        bench.report()
                .add(Line.of(name(), "start, a push, a pull and stop in a warm JVM", "ms", figures.of("use"))
                        .beside(LIBRARY, figures.of("library use"))
                        .beside(PEER, figures.of(PEER))
                        .goal(Goal.atMost(10)));
        many(bench);
    }

    private static void used() throws IOException {
        try (RegistryServer server = RegistryServer.start()) {
            use(server.port());
        }
    }

    private static void use(int port) throws IOException {
        SampleImage.push(port);
        try (HttpSocket http = new HttpSocket(port)) {
            http.send("GET", SampleImage.MANIFEST, new byte[0], "Accept", SampleImage.TYPE)
                    .require(200);
        }
    }

    private static void library(Bench bench, int tests, Figures figures) throws IOException {
        String directory = bench.fresh("library").toString();
        figures.add(
                "library start",
                median(tests, () -> OciRegistryLibrary.start(0, directory).disposeNow()));
        figures.add("library use", median(tests, () -> {
            var server = OciRegistryLibrary.start(0, directory);
            use(server.port());
            server.disposeNow();
        }));
    }

    private static double median(int tests, Test test) throws IOException {
        Samples samples = new Samples();
        for (int i = 0; i < tests; i++) {
            long start = System.nanoTime();
            test.run();
            samples.add((System.nanoTime() - start) / 1e6);
        }
        return samples.median();
    }

    private void many(Bench bench) throws IOException {
        int count = bench.choose(1000, 20);
        Samples memory = new Samples();
        long threads = 0;
        for (int i = 0; i < bench.choose(3, 1); i++) {
            try (RegistryProcess process =
                    RegistryProcess.java(List.of("-Xmx256m"), ManyRegistries.class, Integer.toString(count))) {
                memory.add(process.usage().residentBytes() / (double) (1 << 20));
                threads = process.usage().threads();
            }
        }
        bench.report()
                .add(Line.of(name(), count + " registries at once, each pushed to and pulled from", "MiB", memory)
                        .goal(Goal.atMost(512))
                        .note("All memory of the process, heap and threads and all; " + threads + " threads."));
    }

    private interface Test {
        void run() throws IOException;
    }
}
