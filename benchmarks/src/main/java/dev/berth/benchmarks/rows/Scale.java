package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.HttpSocket;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.SampleImage;
import dev.berth.benchmarks.Samples;
import dev.berth.benchmarks.load.LayoutWriter;
import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.benchmarks.suite.Figures;
import dev.berth.benchmarks.suite.Goal;
import dev.berth.benchmarks.suite.Line;
import dev.berth.benchmarks.suite.Row;
import dev.berth.benchmarks.suite.Turns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Start, and what is asked for, of a repository with 1,000,000 blobs and 100,000 manifests, beside one with 10 of each. */
public final class Scale implements Row {

    private static final String REPOSITORY = "demo/app";
    private static final String SMALL = "with 10";
    private static final int REQUESTS = 500;
    private static final List<String> WHAT = List.of("blob", "manifest by digest", "manifest by tag");
    private static final String AGAIN = ", again";

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int blobs = bench.choose(1_000_000, 1000);
        int manifests = bench.choose(100_000, 100);
        bench.report().say("  writing " + blobs + " blobs and " + manifests + " manifests");
        Contents much = Contents.write(bench.fresh("much"), blobs, manifests);
        Contents little = Contents.write(bench.fresh("little"), 10, 10);
        List<Peer> peers = Peer.here(bench, Peer.REGISTRY_2);
        Turns turns = new Turns();
        turns.add(figures -> measure(bench, much, "", figures));
        turns.add(figures -> measure(bench, little, SMALL, figures));
        for (Peer peer : peers) {
            turns.add(figures -> {
                try (RegistryProcess process = peer.start(much.directory)) {
                    ask(process, much, peer.title(), figures);
                }
            });
        }
        Figures figures = turns.take(bench);
        List<String> all = new ArrayList<>(List.of("start"));
        for (String what : WHAT) {
            all.add(what);
            all.add(what + AGAIN);
        }
        for (String what : all) {
            boolean start = what.equals("start");
            Line line = Line.of(
                            name(),
                            (start ? "start over " : "GET of a " + what + " among ") + blobs + " blobs and " + manifests
                                    + " manifests",
                            start ? "ms" : "us",
                            figures.of(what))
                    .beside(SMALL, figures.of(SMALL + what));
            for (Peer peer : peers) {
                line = line.beside(peer.title(), figures.of(peer.title() + what));
            }
            bench.report().add(line.goal(Goal.atMost(1.2, SMALL)));
        }
    }

    private static void measure(Bench bench, Contents contents, String who, Figures figures) throws IOException {
        try (RegistryProcess process = bench.berth("--data", contents.directory.toString())) {
            ask(process, contents, who, figures);
        }
    }

    private static void ask(RegistryProcess process, Contents contents, String who, Figures figures)
            throws IOException {
        figures.add(who + "start", process.startMillis());
        try (HttpSocket http = new HttpSocket(process.port())) {
            // A JVM that has just started answers slowly whatever it is asked, so the first requests do not count.
            ask(http, contents, -1, who, "", new Figures());
            ask(http, contents, 0, who, "", figures);
            // What was asked for once, of however many there are.
            ask(http, contents, 0, who, AGAIN, figures);
        }
    }

    private static void ask(HttpSocket http, Contents contents, long seed, String who, String again, Figures figures)
            throws IOException {
        Random random = new Random(contents.blobs + seed);
        for (String what : WHAT) {
            figures.add(who + what + again, median(http, () -> contents.any(what, random)));
        }
    }

    private static double median(HttpSocket http, Reference reference) throws IOException {
        Samples samples = new Samples();
        for (int i = 0; i < REQUESTS; i++) {
            String path = "/v2/" + REPOSITORY + "/" + reference.any();
            long start = System.nanoTime();
            http.send("GET", path, new byte[0], "Accept", SampleImage.TYPE).require(200);
            samples.add((System.nanoTime() - start) / 1e3);
        }
        return samples.median();
    }

    private interface Reference {
        String any();
    }

    private record Contents(Path directory, int blobs, int manifests) {

        static Contents write(Path directory, int blobs, int manifests) throws Exception {
            LayoutWriter layout = new LayoutWriter(directory);
            Parallel.count(blobs, i -> layout.blob(REPOSITORY, blob(i)));
            Parallel.count(manifests, i -> layout.tag(REPOSITORY, "v" + i, layout.manifest(REPOSITORY, manifest(i))));
            return new Contents(directory, blobs, manifests);
        }

        String any(String what, Random random) {
            return switch (what) {
                case "blob" -> "blobs/" + SampleImage.digest(blob(random.nextInt(blobs)));
                case "manifest by digest" -> "manifests/" + SampleImage.digest(manifest(random.nextInt(manifests)));
                default -> "manifests/v" + random.nextInt(manifests);
            };
        }

        private static byte[] blob(int number) {
            return String.format(Locale.ROOT, "blob %08d", number).getBytes(StandardCharsets.US_ASCII);
        }

        private static byte[] manifest(int number) {
            String text = new String(SampleImage.manifest(), StandardCharsets.US_ASCII);
            String annotated =
                    text.substring(0, text.length() - 1) + ",\"annotations\":{\"number\":\"" + number + "\"}}";
            return annotated.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
