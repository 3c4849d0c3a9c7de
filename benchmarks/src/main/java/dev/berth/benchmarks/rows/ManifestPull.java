package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.HttpSocket;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.SampleImage;
import dev.berth.benchmarks.Wrk;
import dev.berth.benchmarks.servers.BareJetty;
import dev.berth.benchmarks.servers.EmptyLoop;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import java.io.IOException;
import java.util.List;

/** A small manifest, by tag and by digest, over 16 connections. */
public final class ManifestPull implements Row {

    private static final String JETTY = "bare Jetty";

    /** So long is each measured in each round. */
    private static final int SECONDS = 1;

    private static final String LOOP = "empty loop";

    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public void run(Bench bench) throws Exception {
        if (!Peer.installed(bench, "wrk")) {
            return;
        }
        List<Peer> peers = Peer.here(bench);
        try (Servers servers = new Servers()) {
            Turns turns = new Turns();
            turns.add(byTagAndDigest("files", servers.start(bench.berth())));
            turns.add(byTagAndDigest("memory", servers.start(bench.berth("--memory"))));
            for (Peer peer : peers) {
                RegistryProcess process = servers.start(peer.start(bench.fresh(peer.title())));
                turns.add(byTagAndDigest(peer.title(), process));
            }
            String size = Integer.toString(SampleImage.manifest().length);
            RegistryProcess jetty = servers.start(RegistryProcess.java(BareJetty.class, size));
            RegistryProcess loop = servers.start(RegistryProcess.java(EmptyLoop.class, size));
            turns.add(figures -> figures.add(JETTY, rate(jetty, SampleImage.MANIFEST)));
            turns.add(figures -> figures.add(LOOP, rate(loop, SampleImage.MANIFEST)));
            Figures figures = turns.take(bench);
            for (String by : List.of("tag", "digest")) {
                for (String where : List.of("files", "memory")) {
                    bench.report().add(line(by, where, peers, figures));
                }
            }
        }
    }

    private static Turns.Turn byTagAndDigest(String who, RegistryProcess process) throws IOException {
        SampleImage.push(process.port());
        String digest = SampleImage.manifestDigest();
        try (HttpSocket http = new HttpSocket(process.port())) {
            http.send("GET", SampleImage.REPOSITORY + "/manifests/" + digest, new byte[0])
                    .require(200);
        }
        return figures -> {
            figures.add(who + " tag", rate(process, SampleImage.MANIFEST));
            figures.add(who + " digest", rate(process, SampleImage.REPOSITORY + "/manifests/" + digest));
        };
    }

    private static double rate(RegistryProcess process, String path) throws IOException, InterruptedException {
        return Wrk.rate(process.port(), path, SECONDS);
    }

    private Line line(String by, String where, List<Peer> peers, Figures figures) {
        Line line = Line.of(name(), "manifest GET by " + by + ", " + where, "/s", figures.of(where + " " + by));
        for (Peer peer : peers) {
            line = line.beside(peer.title(), figures.of(peer.title() + " " + by));
        }
        return line.beside(JETTY, figures.of(JETTY))
                .beside(LOOP, figures.of(LOOP))
                .goal(Goal.atLeast(15, Peer.REGISTRY_2.title()))
                .goal(Goal.atLeast(0.6, JETTY));
    }
}
