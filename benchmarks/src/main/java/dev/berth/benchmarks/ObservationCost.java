package dev.berth.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * What it costs to count and to tell: a manifest, asked for by tag, and manifests, pushed one after the other, of four
 * registries in turn. One does neither, one counts, one tells a webhook of pushes, one of pulls too.
 *
 * <p>Arguments: the jar; {@code short} for a run that only proves that everything works.
 */
public final class ObservationCost {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private ObservationCost() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]);
        boolean quick = args.length > 1 && args[1].equals("short");
        Path scratch = Files.createTempDirectory("berth-benchmark");
        LongAdder told = new LongAdder();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        receiver.setExecutor(threads);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                told.increment();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
        try {
            run(jar, scratch, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook", quick);
            System.out.printf(Locale.ROOT, "%-44s %d%n", "notifications taken meanwhile", told.sum());
        } finally {
            receiver.stop(0);
            threads.shutdownNow();
            DirectoryTree.delete(scratch);
        }
    }

    private static void run(Path jar, Path scratch, String url, boolean quick)
            throws IOException, InterruptedException {
        Path pushesOnly = scratch.resolve("pushes-only.yml");
        Files.writeString(pushesOnly, """
                version: 0.1
                notifications: {endpoints: [{name: pushes, url: "%s", ignore: {actions: [pull]}}]}
                """.formatted(url));
        Path all = scratch.resolve("all.yml");
        Files.writeString(all, """
                version: 0.1
                notifications: {endpoints: [{name: all, url: "%s"}]}
                """.formatted(url));
        int management = RegistryProcess.freePort();
        try (RegistryProcess plain = RegistryProcess.berth(jar, List.of(), "--data", scratch + "/plain");
                RegistryProcess counted = RegistryProcess.berth(
                        jar, List.of(), "--data", scratch + "/counted", "--management", Integer.toString(management));
                RegistryProcess pushes =
                        RegistryProcess.berth(jar, List.of(), "--data", scratch + "/pushes", pushesOnly.toString());
                RegistryProcess everything =
                        RegistryProcess.berth(jar, List.of(), "--data", scratch + "/all", all.toString())) {
            List<RegistryProcess> registries = List.of(plain, counted, pushes, everything);
            Samples[] gets = {new Samples(), new Samples(), new Samples(), new Samples()};
            Samples[] puts = {new Samples(), new Samples(), new Samples(), new Samples()};
            for (RegistryProcess registry : registries) {
                SampleImage.push(registry.port());
            }
            for (int round = 0; round < (quick ? 1 : 7); round++) {
                for (int i = 0; i < gets.length; i++) {
                    double get = Wrk.rate(registries.get(i).port(), SampleImage.MANIFEST, quick ? 1 : 3);
                    double put = pushRate(registries.get(i).port(), round, quick ? 20 : 100);
                    if (quick || round > 1) {
                        gets[i].add(get);
                        puts[i].add(put);
                    }
                }
            }
            print("manifest GET by tag", gets);
            print("manifest PUT, durable, one by one", puts);
        }
    }

    private static double pushRate(int port, int round, int count) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX
                        + "\",\"manifests\":[],\"annotations\":{\"n\":\"" + round + "-" + i + "\"}}";
                http.send(
                                "PUT",
                                SampleImage.REPOSITORY + "/manifests/t" + i,
                                manifest.getBytes(StandardCharsets.US_ASCII),
                                "Content-Type",
                                INDEX)
                        .require(201);
            }
            return count / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static void print(String what, Samples... samples) {
        String[] names = {"", "  counted", "  with a webhook for pushes", "  with a webhook for pulls too"};
        for (int i = 0; i < samples.length; i++) {
            String share = i == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", %.0f %%",
                            100 * samples[i].dividedBy(samples[0]).median());
            System.out.printf(Locale.ROOT, "%-44s %s%s%n", i == 0 ? what : names[i], samples[i].show("/s"), share);
        }
    }
}
