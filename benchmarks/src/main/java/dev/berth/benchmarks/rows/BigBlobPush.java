package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.RandomBlob;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.rows.PushTarget.Way;
import dev.berth.benchmarks.servers.BarePush;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A blob of 256 MiB, pushed in each of the ways that there are, to a registry that waits for the disk and to one that does not. */
public final class BigBlobPush implements Row {

    private static final String SHA = "SHA-256";
    private static final String SHA_AT_ONCE = "4 SHA-256 at once";
    private static final String FAST = "fast";
    private static final String DURABLE = "durable";
    private static final String BARE_FAST = "no registry, fast";
    private static final String BARE_DURABLE = "no registry, durable";
    private static final String AT_ONCE = "at once";
    private static final int COUNT = 4;

    /** How many of the smaller blobs are pushed in each way before those that count, for the sake of servers that compile. */
    private static final int WARM = 8;

    @Override
    public String name() {
        return "big-push";
    }

    @Override
    public void run(Bench bench) throws Exception {
        long size = (long) bench.choose(256, 16) << 20;
        List<Peer> peers = Peer.here(bench);
        try (Servers servers = new Servers()) {
            PushTarget fast = PushTarget.berth(FAST, bench, servers, size, "--fast");
            PushTarget bareFast = bare(BARE_FAST, bench, servers, size, FAST);
            List<PushTarget> knowAll = List.of(
                    fast,
                    PushTarget.berth(DURABLE, bench, servers, size),
                    bareFast,
                    bare(BARE_DURABLE, bench, servers, size, DURABLE));
            List<PushTarget> others = new ArrayList<>();
            for (Peer peer : peers) {
                Path directory = bench.fresh("push");
                others.add(new PushTarget(peer.title(), servers.start(peer.start(directory)), directory, size));
            }
            Turns turns = new Turns();
            turns.add(figures -> shaLimits(size, figures));
            for (PushTarget target : knowAll) {
                target.warm(bench.choose(WARM, 1));
                turns.add(figures -> allWays(target, figures));
            }
            for (PushTarget target : List.of(fast, bareFast)) {
                turns.add(figures -> figures.add(target.title() + AT_ONCE, target.pushAtOnce(COUNT)));
            }
            for (PushTarget target : others) {
                target.warm(bench.choose(WARM, 1));
                turns.add(figures -> waysItKnows(bench, target, figures));
            }
            report(bench, peers, turns.take(bench));
        }
    }

    private static PushTarget bare(String title, Bench bench, Servers servers, long size, String durability)
            throws IOException {
        Path directory = bench.fresh("push");
        RegistryProcess process = RegistryProcess.java(BarePush.class, directory.toString(), durability);
        return new PushTarget(title, servers.start(process), directory, size);
    }

    private static void allWays(PushTarget target, Figures figures) throws Exception {
        for (Way way : Way.values()) {
            figures.add(target.title() + way, target.push(way));
        }
    }

    /** One that refuses a way is measured by the others. */
    private static void waysItKnows(Bench bench, PushTarget peer, Figures figures) {
        for (Way way : Way.values()) {
            try {
                figures.add(peer.title() + way, peer.push(way));
            } catch (IOException e) {
                bench.report().missing(peer.title() + ", " + way.words(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static void shaLimits(long size, Figures figures) throws Exception {
        RandomBlob blob = RandomBlob.of(1, size);
        long start = System.nanoTime();
        blob.hash();
        figures.add(SHA, PushTarget.rate(size, start));
        start = System.nanoTime();
        Parallel.each(Collections.nCopies(COUNT, blob), RandomBlob::hash);
        figures.add(SHA_AT_ONCE, PushTarget.rate(COUNT * size, start));
    }

    private void report(Bench bench, List<Peer> peers, Figures figures) {
        for (Way way : Way.values()) {
            Line line = Line.of(name(), "big blob push, fast, " + way.words(), "MiB/s", figures.of(FAST + way))
                    .beside(SHA, figures.of(SHA))
                    .beside(BARE_FAST, figures.of(BARE_FAST + way));
            bench.report().add(line.goal(Goal.atLeast(0.7, SHA)).goal(Goal.atLeast(0.9, BARE_FAST)));
        }
        for (Way way : Way.values()) {
            Line line = Line.of(name(), "big blob push, durable, " + way.words(), "MiB/s", figures.of(DURABLE + way))
                    .beside(BARE_DURABLE, figures.of(BARE_DURABLE + way));
            for (Peer peer : peers) {
                line = line.beside(peer.title(), figures.of(peer.title() + way));
            }
            bench.report()
                    .add(line.goal(Goal.atLeast(3, Peer.REGISTRY_2.title())).goal(Goal.atLeast(0.9, BARE_DURABLE)));
        }
        int cores = Math.min(COUNT, Runtime.getRuntime().availableProcessors());
        bench.report()
                .add(Line.of(name(), "big blob push, fast, 4 at once", "MiB/s", figures.of(FAST + AT_ONCE))
                        .beside("1 alone", figures.of(FAST + Way.MONOLITHIC))
                        .beside(SHA_AT_ONCE, figures.of(SHA_AT_ONCE))
                        .beside(BARE_FAST, figures.of(BARE_FAST + AT_ONCE))
                        .goal(Goal.atLeast(0.7 * cores, "1 alone"))
                        .goal(Goal.atLeast(0.9, BARE_FAST))
                        .note("The client sends from the same processors that the server hashes with."));
    }
}
