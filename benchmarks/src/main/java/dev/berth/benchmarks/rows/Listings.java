package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.SampleImage;
import dev.berth.benchmarks.load.LayoutWriter;
import dev.berth.benchmarks.load.Pages;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pages of 100 out of 100,000 tags and repositories, and of 10,000 referrers, of a server with a heap of 64 MiB. */
public final class Listings implements Row {

    private static final String TAGGED = "demo/tagged";
    private static final String REFERRED = "demo/referred";
    private static final int REPEATS = 50;

    /** It takes four seconds in each, and nothing is held to what it takes. */
    private static final int PEER_ROUNDS = 3;

    private static final String FIRST = "first page";
    private static final String CRAWL = "crawl";
    private static final List<String> PAGES = List.of("first", "middle", "last");

    @Override
    public String name() {
        return "listings";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int entries = bench.choose(100_000, 300);
        int referrers = bench.choose(10_000, 200);
        Path directory = bench.fresh("listings");
        bench.report().say("  writing " + entries + " tags and repositories, " + referrers + " referrers");
        String subject = write(new LayoutWriter(directory), entries, referrers);
        List<Peer> peers = Peer.here(bench, Peer.REGISTRY_2);
        try (Servers servers = new Servers()) {
            RegistryProcess berth = servers.start(
                    RegistryProcess.berth(bench.jar(), List.of("-Xmx64m"), "--data", directory.toString()));
            Turns turns = new Turns();
            turns.add(figures -> measure(berth, "", paths(entries, subject), REPEATS, figures));
            turns.add(figures -> figures.add(CRAWL, Pages.crawlMillis(berth.port(), "/v2/_catalog?n=100")));
            if (!peers.isEmpty()) {
                // Over the same directory. It knows no referrers, and it is asked less often, since it takes its time.
                RegistryProcess peer = servers.start(peers.get(0).start(directory));
                Map<String, String> known = paths(entries, subject);
                known.remove("referrers");
                String title = peers.get(0).title();
                turns.add(figures -> {
                    if (figures.of(title + "catalogfirst").count() < PEER_ROUNDS) {
                        measure(peer, title, known, 1, figures);
                    }
                });
            }
            report(bench, entries, referrers, turns.take(bench));
        }
    }

    private static void measure(
            RegistryProcess process, String who, Map<String, String> paths, int repeats, Figures figures)
            throws IOException {
        for (Map.Entry<String, String> page : paths.entrySet()) {
            figures.add(who + page.getKey(), Pages.medianMillis(process.port(), page.getValue(), repeats));
        }
    }

    private void report(Bench bench, int entries, int referrers, Figures figures) {
        for (String list : List.of("tags", "catalog")) {
            for (String page : PAGES) {
                String what = list + " of " + entries + ", " + page + " page";
                Line line = Line.of(name(), what, "ms", figures.of(list + page))
                        .beside(Peer.REGISTRY_2.title(), figures.of(Peer.REGISTRY_2.title() + list + page))
                        .goal(Goal.atMost(2));
                if (!page.equals("first")) {
                    line = line.beside(FIRST, figures.of(list + "first")).goal(Goal.atMost(1.2, FIRST));
                }
                bench.report().add(line);
            }
        }
        bench.report()
                .add(Line.of(name(), "catalog of " + entries + ", each page once", "ms", figures.of(CRAWL))
                        .goal(Goal.atMost(2)));
        bench.report()
                .add(Line.of(
                                name(),
                                "referrers of a subject with " + referrers + ", first page",
                                "ms",
                                figures.of("referrers"))
                        .goal(Goal.atMost(5)));
    }

    /** What each page is asked for by. */
    private static Map<String, String> paths(int entries, String subject) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (String page : PAGES) {
            int before = page.equals("first") ? 0 : page.equals("middle") ? entries / 2 : entries - 100;
            paths.put("tags" + page, "/v2/" + TAGGED + "/tags/list?n=100" + after(before == 0 ? "" : tag(before - 1)));
            paths.put("catalog" + page, "/v2/_catalog?n=100" + after(before == 0 ? "" : repository(before - 1)));
        }
        paths.put("referrers", "/v2/" + REFERRED + "/referrers/" + subject);
        return paths;
    }

    private static String after(String last) {
        return last.isEmpty() ? "" : "&last=" + last;
    }

    /** Gives the digest of the subject. */
    private static String write(LayoutWriter layout, int entries, int referrers) throws Exception {
        byte[] manifest = SampleImage.manifest();
        String digest = layout.manifest(TAGGED, manifest);
        Parallel.count(entries, i -> {
            layout.tagAlone(TAGGED, tag(i), digest);
            layout.repository(repository(i), digest);
        });
        String subject = layout.manifest(REFERRED, manifest);
        Parallel.count(referrers, i -> layout.manifest(REFERRED, referrer(subject, manifest.length, i)));
        return subject;
    }

    private static String tag(int number) {
        return String.format(Locale.ROOT, "v%06d", number);
    }

    /** Sorts before the two others, so that the first page is as full as the rest. */
    private static String repository(int number) {
        return String.format(Locale.ROOT, "apps/g%03d/app%03d", number / 1000, number % 1000);
    }

    private static byte[] referrer(String subject, int size, int number) {
        return """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"text/x-signature",
                 "config":{"mediaType":"application/vnd.oci.empty.v1+json","size":2,
                  "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},"layers":[],
                 "subject":{"mediaType":"application/vnd.docker.distribution.manifest.v2+json","digest":"%s","size":%d},
                 "annotations":{"number":"%d"}}""".formatted(subject, size, number).getBytes(StandardCharsets.US_ASCII);
    }
}
