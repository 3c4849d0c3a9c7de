package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.servers.NullRegistry;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image of 50 layers, pushed and pulled by skopeo and by jib-core, and how long that takes them by themselves. */
public final class ImageTraffic implements Row {

    private static final String CLIENT = "the client's own time";
    private static final String FILES = "files";

    /** Images until a server is as it is when it has run for a while: a JVM compiles most of what it needs within these. */
    private static final int BEFORE = 15;

    @Override
    public String name() {
        return "images";
    }

    @Override
    public void run(Bench bench) throws Exception {
        List<Peer> peers = Peer.here(bench);
        for (ImageClient client : ImageClient.here(bench)) {
            try (Servers servers = new Servers()) {
                Map<String, RegistryProcess> registries = new LinkedHashMap<>();
                registries.put(FILES, servers.start(bench.berth()));
                registries.put("memory", servers.start(bench.berth("--memory")));
                registries.put(CLIENT, servers.start(RegistryProcess.java(NullRegistry.class)));
                for (Peer peer : peers) {
                    registries.put(peer.title(), servers.start(peer.start(bench.fresh("images"))));
                }
                warm(bench, registries);
                // Each round has an image that nobody has seen before.
                Turns turns = new Turns().beforeEachRound(() -> client.prepare(bench, System.nanoTime()));
                registries.forEach(
                        (who, registry) -> turns.add(figures -> exchange(bench, client, who, registry, figures)));
                Figures figures = turns.take(bench);
                for (String what : List.of("push", "pull")) {
                    report(bench, client, what, peers, figures);
                }
            }
        }
    }

    /** For everybody alike, and by the client that takes least time. */
    private static void warm(Bench bench, Map<String, RegistryProcess> registries) throws Exception {
        ImageClient client = new JibCore(bench.fresh("warm"));
        for (int i = 0; i < bench.choose(BEFORE, 0); i++) {
            client.prepare(bench, System.nanoTime());
            for (Map.Entry<String, RegistryProcess> each : registries.entrySet()) {
                exchange(bench, client, each.getKey(), each.getValue(), new Figures());
            }
        }
    }

    private static void exchange(Bench bench, ImageClient client, String who, RegistryProcess registry, Figures figures)
            throws Exception {
        String image = "127.0.0.1:" + registry.port() + "/demo/image" + System.nanoTime() + ":1.0";
        long start = System.nanoTime();
        try {
            client.push(bench, image);
            figures.add(who + "push", (System.nanoTime() - start) / 1e6);
            start = System.nanoTime();
            client.pull(bench, image);
            figures.add(who + "pull", (System.nanoTime() - start) / 1e6);
        } catch (ImageClient.ClientException e) {
            bench.report().missing(who + ", " + client.name(), String.valueOf(e.getMessage()));
        }
    }

    private void report(Bench bench, ImageClient client, String what, List<Peer> peers, Figures figures) {
        for (String where : List.of(FILES, "memory")) {
            Line line = Line.of(
                            name(),
                            "image of " + ImageClient.layers(bench) + " layers, " + what + " by " + client.name() + ", "
                                    + where,
                            "ms",
                            figures.of(where + what))
                    .beside(CLIENT, figures.of(CLIENT + what));
            for (Peer peer : peers) {
                line = line.beside(peer.title(), figures.of(peer.title() + what));
            }
            bench.report()
                    .add(line.goal(Goal.faster(1.5, Peer.REGISTRY_2.title()))
                            .goal(Goal.atMost(1.1, CLIENT))
                            .note("One of the two goals is enough."));
        }
    }
}
