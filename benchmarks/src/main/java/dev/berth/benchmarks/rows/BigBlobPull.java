package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.RandomBlob;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.load.BlobClients;
import dev.berth.benchmarks.load.Transfer;
import dev.berth.benchmarks.servers.Nginx;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A blob of 256 MiB, by 1, 4 and 64 clients: how much comes, and what the processors spend for it. */
public final class BigBlobPull implements Row {

    private static final String REPOSITORY = "demo/big";
    private static final String NGINX = "nginx";
    private static final String ALIKE = "nginx with a send buffer as Berth's";

    /** As much as Berth lets wait for a client on the same machine, in KiB. */
    private static final int SEND_BUFFER = 192;

    private static final String CPU = " cpu";
    private static final String BOTH = " both";
    private static final List<Integer> CLIENTS = List.of(1, 4, 64);

    @Override
    public String name() {
        return "big-pull";
    }

    @Override
    public void run(Bench bench) throws Exception {
        RandomBlob blob = RandomBlob.of(1, (long) bench.choose(256, 16) << 20);
        try (Servers servers = new Servers()) {
            Map<String, Source> sources = new LinkedHashMap<>();
            sources.put("files", pushed(servers.start(bench.berth()), blob));
            // The JVM's default, a quarter of the machine's memory, holds it.
            sources.put("memory", pushed(servers.start(bench.berth("--memory")), blob));
            for (Peer peer : Peer.here(bench)) {
                sources.put(peer.title(), pushed(servers.start(peer.start(bench.fresh("big"))), blob));
            }
            if (Peer.installed(bench, NGINX)) {
                Path root = bench.fresh("root");
                blob.writeTo(root.resolve("blob"));
                sources.put(NGINX, new Source(servers.start(Nginx.start(root, bench.fresh(NGINX))), "/blob"));
                sources.put(
                        ALIKE, new Source(servers.start(Nginx.start(root, bench.fresh(NGINX), SEND_BUFFER)), "/blob"));
            }
            for (int clients : CLIENTS) {
                measure(bench, clients, sources);
            }
        }
    }

    private void measure(Bench bench, int clients, Map<String, Source> sources) throws Exception {
        Turns turns = new Turns();
        Duration window = Duration.ofMillis(bench.choose(800, 300));
        Set<String> silent = new HashSet<>();
        sources.forEach((who, source) -> turns.add(figures -> {
            if (silent.contains(who)) {
                figures.add(who, 0);
                return;
            }
            Transfer transfer = BlobClients.pull(source.process, source.path, clients, window);
            figures.add(who, transfer.rate());
            if (transfer.bytes() > 0) {
                figures.add(who + CPU, transfer.serverMillisPerGib());
                figures.add(who + BOTH, transfer.millisPerGib());
            } else {
                // It reads the whole of it first, for each, and would take the memory that the others have files in.
                silent.add(who);
            }
        }));
        Figures figures = turns.take(bench);
        for (String where : List.of("files", "memory")) {
            String what = "big blob GET, " + clients + (clients == 1 ? " client, " : " clients, ") + where;
            Line rate = Line.of(name(), what, "MiB/s", figures.of(where));
            Line cpu = Line.of(name(), what + ", server's CPU", "ms/GiB", figures.of(where + CPU));
            Line both = Line.of(name(), what + ", CPU of both sides", "ms/GiB", figures.of(where + BOTH));
            for (String who : sources.keySet()) {
                if (!who.equals("files") && !who.equals("memory")) {
                    rate = rate.beside(who, figures.of(who));
                    cpu = cpu.beside(who, figures.of(who + CPU));
                    both = both.beside(who, figures.of(who + BOTH));
                }
            }
            bench.report().add(rate.goal(Goal.atLeast(0.95, NGINX)));
            bench.report().add(cpu.goal(Goal.atMost(1.3, NGINX)).goal(Goal.atMost(1.3, ALIKE)));
            bench.report().add(both.goal(Goal.atMost(1.3, NGINX)));
        }
    }

    private static Source pushed(RegistryProcess process, RandomBlob blob) throws Exception {
        blob.push(process.port(), REPOSITORY);
        return new Source(process, blob.path(REPOSITORY));
    }

    private record Source(RegistryProcess process, String path) {}
}
