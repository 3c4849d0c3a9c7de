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
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Start, and what is asked for, of a repository with 1,000,000 blobs and 100,000 manifests, beside repositories with 10 of each. There
 * are so many of these that nothing has to be asked for twice there either: what was read a moment ago is remembered, and answered
 * sooner, of few as of many.
 */
public final class Scale implements Row {

    private static final String SMALL = "with 10";
    private static final int FEW = 10;

    /** Manifests asked for by digest and by tag, in requests that do not count and in those that do: each time other ones. */
    private static final int LOTS = 4;

    private static final String BLOB = "blob";
    private static final String BY_DIGEST = "manifest by digest";
    private static final String BY_TAG = "manifest by tag";
    private static final List<String> WHAT = List.of(BLOB, BY_DIGEST, BY_TAG);
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
        int requests = bench.choose(500, 20);
        Contents much = Contents.write(bench.fresh("much"), 1, blobs, manifests);
        Contents little = Contents.write(bench.fresh("little"), LOTS * requests / FEW, FEW, FEW);
        List<Peer> peers = Peer.here(bench, Peer.REGISTRY_2);
        Turns turns = new Turns();
        turns.add(figures -> measure(bench, much, requests, "", figures));
        turns.add(figures -> measure(bench, little, requests, SMALL, figures));
        for (Peer peer : peers) {
            turns.add(figures -> {
                try (RegistryProcess process = peer.start(much.directory)) {
                    ask(process, much, requests, peer.title(), figures);
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

    private static void measure(Bench bench, Contents contents, int requests, String who, Figures figures)
            throws IOException {
        try (RegistryProcess process = bench.berth("--data", contents.directory.toString())) {
            ask(process, contents, requests, who, figures);
        }
    }

    private static void ask(RegistryProcess process, Contents contents, int requests, String who, Figures figures)
            throws IOException {
        figures.add(who + "start", process.startMillis());
        try (HttpSocket http = new HttpSocket(process.port())) {
            // A JVM that has just started answers slowly whatever it is asked, so the first requests do not count.
            for (String what : WHAT) {
                median(http, contents, what, lot(what), requests);
            }
            for (String again : List.of("", AGAIN)) {
                for (String what : WHAT) {
                    figures.add(who + what + again, median(http, contents, what, lot(what) + 2, requests));
                }
            }
        }
    }

    private static int lot(String what) {
        return what.equals(BY_TAG) ? 1 : 0;
    }

    private static double median(HttpSocket http, Contents contents, String what, int lot, int requests)
            throws IOException {
        Samples samples = new Samples();
        for (int i = 0; i < requests; i++) {
            String path = "/v2/" + contents.path(what, LOTS * i + lot, LOTS * requests);
            long start = System.nanoTime();
            http.send("GET", path, new byte[0], "Accept", SampleImage.TYPE).require(200);
            samples.add((System.nanoTime() - start) / 1e3);
        }
        return samples.median();
    }

    /** Repositories, with so many blobs and manifests in each. */
    private record Contents(Path directory, int repositories, int blobs, int manifests) {

        static Contents write(Path directory, int repositories, int blobs, int manifests) throws Exception {
            LayoutWriter layout = new LayoutWriter(directory);
            inTheirOrder(repositories * blobs, Contents::blob, i -> layout.blob(repository(i / blobs), blob(i)));
            inTheirOrder(repositories * manifests, Contents::manifest, i -> {
                String repository = repository(i / manifests);
                layout.tagAlone(repository, "v" + i, layout.manifest(repository, manifest(i)));
            });
            return new Contents(directory, repositories, blobs, manifests);
        }

        /**
         * Writes {@code count} things, one directory of blobs after the other: what is written and removed together lies together on
         * the disk then, and the file system has less to write down.
         */
        private static void inTheirOrder(int count, IntFunction<byte[]> content, Parallel.Work<Integer> writer)
                throws Exception {
            Map<String, List<Integer>> directories = IntStream.range(0, count)
                    .boxed()
                    .collect(Collectors.groupingBy(
                            i -> SampleImage.digest(content.apply(i)).substring(0, "sha256:xx".length())));
            List<List<Integer>> all = List.copyOf(directories.values());
            Parallel.count(all.size(), directory -> {
                for (int i : all.get(directory)) {
                    writer.with(i);
                }
            });
        }

        /** One of {@code count} things, each of them another, which are as far from each other as there is room. */
        String path(String what, int number, int count) {
            int each = what.equals(BLOB) ? blobs : manifests;
            int i = (int) ((long) number * repositories * each / count);
            String repository = repository(i / each);
            return switch (what) {
                case BLOB -> repository + "/blobs/" + SampleImage.digest(blob(i));
                case BY_DIGEST -> repository + "/manifests/" + SampleImage.digest(manifest(i));
                default -> repository + "/manifests/v" + i;
            };
        }

        private static String repository(int number) {
            return "demo/app" + number;
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
