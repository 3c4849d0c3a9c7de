package dev.berth.benchmarks.rows;

import com.sun.management.ThreadMXBean;
import dev.berth.benchmarks.HttpSocket;
import dev.berth.benchmarks.RandomBlob;
import dev.berth.benchmarks.SampleImage;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.jetty.RegistryServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a request makes the server allocate: all that is allocated in this JVM by threads other than the client's. */
public final class Allocation implements Row {

    private static final String REPOSITORY = "demo/app";
    private static final int KIBI = 1024;

    /** What clients tell beside what they want. */
    private static final String[] AS_CONTAINERD = {
        "User-Agent",
        "containerd/1.7.24",
        "Accept",
        String.join(
                ", ",
                MediaTypes.DOCKER_MANIFEST,
                MediaTypes.DOCKER_MANIFEST_LIST,
                MediaTypes.OCI_MANIFEST,
                MediaTypes.OCI_INDEX,
                "*/*"),
        "Accept-Encoding",
        "gzip"
    };

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public void run(Bench bench) throws Exception {
        RandomBlob small = RandomBlob.of(1, KIBI);
        RandomBlob big = RandomBlob.of(2, (long) bench.choose(64, 8) * KIBI * KIBI);
        Map<String, Integer> most = new LinkedHashMap<>();
        Turns turns = new Turns();
        try (RegistryServer memory = RegistryServer.start();
                RegistryServer files =
                        RegistryServer.builder().directory(bench.fresh("files")).start()) {
            for (RegistryServer server : List.of(memory, files)) {
                String where = server == memory ? ", memory" : ", files";
                SampleImage.push(server.port());
                small.push(server.port(), REPOSITORY);
                big.push(server.port(), REPOSITORY);
                int requests = bench.choose(2500, 50);
                String digest = SampleImage.REPOSITORY + "/manifests/" + SampleImage.manifestDigest();
                ask(turns, most, server, "manifest GET by tag" + where, SampleImage.MANIFEST, requests, 4);
                ask(turns, most, server, "manifest GET by digest" + where, digest, requests, 4);
                ask(turns, most, server, "blob GET of 1 KiB" + where, small.path(REPOSITORY), requests, 64);
                String size = bench.choose(64, 8) + " MiB";
                ask(turns, most, server, "blob GET of " + size + where, big.path(REPOSITORY), bench.choose(20, 2), 64);
            }
            Figures figures = turns.take(bench);
            most.forEach((what, limit) -> bench.report()
                    .add(Line.of(name(), "allocated for a " + what, "KiB", figures.of(what))
                            .goal(Goal.atMost(limit))));
        }
    }

    private void ask(
            Turns turns,
            Map<String, Integer> most,
            RegistryServer server,
            String what,
            String path,
            int requests,
            int limit) {
        most.put(what, limit);
        turns.add(figures -> figures.add(what, allocated(server.port(), path, requests)));
    }

    private double allocated(int port, String path, int requests) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            get(http, path);
            long before = byOthers();
            for (int i = 0; i < requests; i++) {
                get(http, path);
            }
            return (byOthers() - before) / (double) requests / KIBI;
        }
    }

    private static void get(HttpSocket http, String path) throws IOException {
        http.send("GET", path, new byte[0], AS_CONTAINERD).require(200);
    }

    private long byOthers() {
        long own = Thread.currentThread().getId();
        long[] others =
                Arrays.stream(threads.getAllThreadIds()).filter(id -> id != own).toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(others))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
