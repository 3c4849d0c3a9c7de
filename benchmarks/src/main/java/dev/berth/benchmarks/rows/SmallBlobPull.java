package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.RandomBlob;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.Wrk;
import dev.berth.benchmarks.servers.BareJetty;
import dev.berth.benchmarks.servers.Nginx;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import java.nio.file.Path;
import java.util.List;

/** A blob of 1 KiB, over 16 connections. */
public final class SmallBlobPull implements Row {

    private static final String REPOSITORY = "demo/small";
    private static final String JETTY = "bare Jetty";

    /** So long is each measured in each round. */
    private static final int SECONDS = 1;

    private static final String NGINX = "nginx";

    @Override
    public String name() {
        return "small-blob";
    }

    @Override
    public void run(Bench bench) throws Exception {
        if (!Peer.installed(bench, "wrk")) {
            return;
        }
        RandomBlob blob = RandomBlob.of(1, 1024);
        List<Peer> peers = Peer.here(bench);
        try (Servers servers = new Servers()) {
            Turns turns = new Turns();
            turns.add(turn("files", servers.start(bench.berth()), blob));
            turns.add(turn("memory", servers.start(bench.berth("--memory")), blob));
            for (Peer peer : peers) {
                turns.add(turn(peer.title(), servers.start(peer.start(bench.fresh("small"))), blob));
            }
            RegistryProcess jetty = servers.start(RegistryProcess.java(BareJetty.class, "1024"));
            turns.add(figures -> figures.add(JETTY, rate(jetty, "/")));
            if (Peer.installed(bench, NGINX)) {
                Path root = bench.fresh("root");
                blob.writeTo(root.resolve("blob"));
                RegistryProcess nginx = servers.start(Nginx.start(root, bench.fresh(NGINX)));
                turns.add(figures -> figures.add(NGINX, rate(nginx, "/blob")));
            }
            Figures figures = turns.take(bench);
            for (String where : List.of("files", "memory")) {
                Line line = Line.of(name(), "blob GET of 1 KiB, " + where, "/s", figures.of(where));
                for (Peer peer : peers) {
                    line = line.beside(peer.title(), figures.of(peer.title()));
                }
                bench.report()
                        .add(line.beside(JETTY, figures.of(JETTY))
                                .beside(NGINX, figures.of(NGINX))
                                .goal(Goal.atLeast(20, Peer.REGISTRY_2.title())));
            }
        }
    }

    private static Turns.Turn turn(String who, RegistryProcess process, RandomBlob blob) throws Exception {
        blob.push(process.port(), REPOSITORY);
        return figures -> figures.add(who, rate(process, blob.path(REPOSITORY)));
    }

    private static double rate(RegistryProcess process, String path) throws Exception {
        return Wrk.rate(process.port(), path, SECONDS);
    }
}
