package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.SampleImage;
import dev.berth.benchmarks.servers.BareJetty;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From the start of a process to the end of its first answer: the one-command server, on this Java and on 25. */
public final class ColdStart implements Row {

    private static final String NOTHING = "a JVM that does nothing";
    private static final String JETTY = "bare Jetty";

    /** What the one-command server spares Jetty at its start, too. */
    private static final List<String> JETTY_OPTIONS =
            List.of("-Dorg.eclipse.jetty.util.referencesPerCacheLine=16", "-Djava.locale.providers=FALLBACK");

    @Override
    public String name() {
        return "cold-start";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Path java = Path.of(System.getProperty("java.home"));
        Optional<Path> java25 = java25();
        if (java25.isEmpty()) {
            bench.report().missing("Java 25", "JAVA25_HOME does not say where it is");
        }
        List<Peer> peers = Peer.here(bench);
        Turns turns = new Turns();
        turns.add(figures -> figures.add(NOTHING, empty(java)));
        turns.add(figures -> figures.add(JETTY, jetty()));
        turns.add(figures -> figures.add("plain", start(bench, java)));
        turns.add(archived(bench, java, "archive", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="));
        if (java25.isPresent()) {
            turns.add(figures -> figures.add(NOTHING + " 25", empty(java25.get())));
            turns.add(figures -> figures.add("plain 25", start(bench, java25.get())));
            turns.add(archived(bench, java25.get(), "cache 25", "-XX:AOTCacheOutput=", "-XX:AOTCache="));
        }
        for (Peer peer : peers) {
            turns.add(figures -> {
                try (RegistryProcess process = peer.start(bench.fresh("start"))) {
                    figures.add(peer.title(), process.startMillis());
                }
            });
        }
        Figures figures = turns.take(bench.choose(9, 1), bench.choose(1, 0));
        int feature = Runtime.version().feature();
        report(bench, peers, figures, "plain", "cold start, Java " + feature, NOTHING, 250);
        report(bench, peers, figures, "archive", "cold start, Java " + feature + " with a class archive", NOTHING, 250);
        if (java25.isPresent()) {
            report(bench, peers, figures, "plain 25", "cold start, Java 25", NOTHING + " 25", 250);
            report(bench, peers, figures, "cache 25", "cold start, Java 25 with its cache", NOTHING + " 25", 150);
        }
    }

    private void report(
            Bench bench, List<Peer> peers, Figures figures, String key, String what, String nothing, int most) {
        Line line = Line.of(name(), what, "ms", figures.of(key)).beside(NOTHING, figures.of(nothing));
        if (nothing.equals(NOTHING)) {
            line = line.beside(JETTY, figures.of(JETTY));
        }
        for (Peer peer : peers) {
            line = line.beside(peer.title(), figures.of(peer.title()));
        }
        bench.report().add(line.goal(Goal.atMost(most)));
    }

    private static double start(Bench bench, Path java, String... options) throws IOException {
        try (RegistryProcess process = RegistryProcess.berth(
                java,
                bench.jar(),
                List.of(options),
                "--data",
                bench.fresh("start").toString())) {
            return process.startMillis();
        }
    }

    /** What a first run leaves for the next. */
    private static Turns.Turn archived(Bench bench, Path java, String name, String write, String read)
            throws IOException {
        Path archive = bench.fresh("archive").resolve("berth");
        try (RegistryProcess process = RegistryProcess.berth(
                java,
                bench.jar(),
                List.of(write + archive),
                "--data",
                bench.fresh("start").toString())) {
            SampleImage.push(process.port());
        }
        if (!Files.exists(archive)) {
            bench.report().missing("the " + name, "this Java wrote none");
            return figures -> {};
        }
        return figures -> figures.add(name, start(bench, java, read + archive));
    }

    /** The least that takes which a server on Jetty has to load. */
    private static double jetty() throws IOException {
        try (RegistryProcess process = RegistryProcess.java(JETTY_OPTIONS, BareJetty.class, "2")) {
            return process.startMillis();
        }
    }

    private static double empty(Path java) throws IOException, InterruptedException {
        long start = System.nanoTime();
        new ProcessBuilder(java.resolve("bin/java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return (System.nanoTime() - start) / 1e6;
    }

    private static Optional<Path> java25() throws IOException {
        String told = System.getenv("JAVA25_HOME");
        if (told != null) {
            return Optional.of(Path.of(told));
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.notExists(usual)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(usual)) {
            return all.filter(java -> java.getFileName().toString().contains("25"))
                    .filter(java -> Files.isExecutable(java.resolve("bin/java")))
                    .findFirst();
        }
    }
}
