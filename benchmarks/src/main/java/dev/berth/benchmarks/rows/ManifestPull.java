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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small manifest, by tag and by digest, over 16 connections. Many short turns in place of few long ones, with the bare Jetty measured
 * beside each of Berth's: on a small machine two windows a few seconds apart differ by more than the servers do.
 */
public final class ManifestPull implements Row {

    private static final String JETTY = "bare Jetty";

    private static final String LOOP = "empty loop";
    private static final int ROUNDS = 9;

    /** One is half a second, and too short for a JVM to compile what it needs. */
    private static final int WARMUPS = 2;

    private static final String BY_DIGEST = SampleImage.REPOSITORY + "/manifests/" + SampleImage.manifestDigest();
    private static final List<Way> WAYS = List.of(new Way("tag", SampleImage.MANIFEST), new Way("digest", BY_DIGEST));

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
            String size = Integer.toString(SampleImage.manifest().length);
            RegistryProcess jetty = servers.start(RegistryProcess.java(BareJetty.class, size));
            Map<String, RegistryProcess> ours = new LinkedHashMap<>();
            ours.put("files", pushed(servers.start(bench.berth())));
            ours.put("memory", pushed(servers.start(bench.berth("--memory"))));
            ours.forEach((where, process) -> WAYS.forEach(way -> {
                turns.add(figures -> figures.add(where + way.by, rate(process, way.path)));
                turns.add(figures -> figures.add(JETTY + where + way.by, rate(jetty, way.path)));
            }));
            for (Peer peer : peers) {
                RegistryProcess process = pushed(servers.start(peer.start(bench.fresh(peer.title()))));
                WAYS.forEach(way -> turns.add(figures -> figures.add(peer.title() + way.by, rate(process, way.path))));
            }
            RegistryProcess loop = servers.start(RegistryProcess.java(EmptyLoop.class, size));
            turns.add(figures -> figures.add(LOOP, rate(loop, SampleImage.MANIFEST)));
            Figures figures = turns.take(bench.choose(ROUNDS, 1), bench.choose(WARMUPS, 0));
            for (Way way : WAYS) {
                for (String where : ours.keySet()) {
                    bench.report().add(line(way.by, where, peers, figures));
                }
            }
        }
    }

    private static RegistryProcess pushed(RegistryProcess process) throws IOException {
        SampleImage.push(process.port());
        try (HttpSocket http = new HttpSocket(process.port())) {
            http.send("GET", BY_DIGEST, new byte[0]).require(200);
        }
        return process;
    }

    private static double rate(RegistryProcess process, String path) throws IOException, InterruptedException {
        return Wrk.briefRate(process.port(), path);
    }

    private Line line(String by, String where, List<Peer> peers, Figures figures) {
        Line line = Line.of(name(), "manifest GET by " + by + ", " + where, "/s", figures.of(where + by));
        for (Peer peer : peers) {
            line = line.beside(peer.title(), figures.of(peer.title() + by));
        }
        return line.beside(JETTY, figures.of(JETTY + where + by))
                .beside(LOOP, figures.of(LOOP))
                .goal(Goal.atLeast(15, Peer.REGISTRY_2.title()))
                .goal(Goal.atLeast(0.6, JETTY));
    }

    /** What a manifest is asked for by. */
    private record Way(String by, String path) {}
}
