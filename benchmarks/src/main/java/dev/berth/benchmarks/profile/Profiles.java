package dev.berth.benchmarks.profile;

import dev.berth.benchmarks.DirectoryTree;
import dev.berth.benchmarks.RandomBlob;
import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.SampleImage;
import dev.berth.benchmarks.load.BlobClients;
import dev.berth.benchmarks.profile.Profiler.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Draws where a server's processor time goes in each kind of work, and prints the shares of what is known to take most. Arguments: the
 * server's jar, a directory for the pictures, and the names of those that are wanted, or {@code short} to prove that it runs.
 */
public final class Profiles {

    private static final String REPOSITORY = "demo/profile";
    private static final int CHUNK = 16 << 20;
    private static final int LAYER = 1 << 20;
    private static final int LAYERS = 50;

    private static final String FAST = "--fast";
    private static final String MEMORY = "--memory";
    private static final Work NOTHING = process -> {};

    private static final Map<String, Pattern> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("sendfile", Pattern.compile("sendfile"));
        KNOWN.put("SHA-256", Pattern.compile("[sS]ha256|implCompressMultiBlock"));
        KNOWN.put("writing to files", Pattern.compile("__pwrite|__libc_pwrite"));
        KNOWN.put("fsync", Pattern.compile("fsync|fdatasync"));
        KNOWN.put("reading from sockets", Pattern.compile("SocketDispatcher\\.read|tcp_recvmsg"));
        KNOWN.put("writing to sockets", Pattern.compile("SocketDispatcher\\.write|tcp_sendmsg"));
        KNOWN.put("copying", Pattern.compile("arraycopy|copyMemory|copySwap"));
        KNOWN.put("waiting for sockets", Pattern.compile("epoll"));
        KNOWN.put("compiling", Pattern.compile("CompileBroker|C2Compiler|C1_|Compile::"));
        KNOWN.put("loading classes", Pattern.compile("defineClass|loadClass|SystemDictionary|ClassFileParser"));
    }

    private final Path jar;
    private final Path pictures;
    private final Path scratch;
    private final Profiler profiler;
    private final boolean quick;

    private Profiles(Path jar, Path pictures, Path scratch, boolean quick) throws IOException {
        this.jar = jar;
        this.pictures = pictures;
        this.scratch = scratch;
        this.quick = quick;
        this.profiler = Profiler.in(scratch);
    }

    public static void main(String[] args) throws Exception {
        List<String> wanted = new ArrayList<>(List.of(args).subList(2, args.length));
        boolean quick = wanted.remove("short");
        Path scratch = Files.createTempDirectory("berth-profile");
        try {
            new Profiles(Path.of(args[0]), Path.of(args[1]), scratch, quick).drawAll(wanted);
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private void drawAll(List<String> wanted) throws Exception {
        RandomBlob blob = RandomBlob.of(1, size());
        Map<String, Drawing> all = new LinkedHashMap<>();
        Work push = process -> blob.push(process.port(), REPOSITORY);
        Work pull = process -> BlobClients.pull(process, blob.path(REPOSITORY), 4, time());
        all.put("pull-files", name -> served(name, "4 clients pull 256 MiB from files", push, pull, FAST));
        all.put("pull-memory", name -> served(name, "4 clients pull 256 MiB from memory", push, pull, MEMORY));
        all.put("push-whole", name -> served(name, "256 MiB pushed in one request", NOTHING, this::pushWhole, FAST));
        all.put("push-chunks", name -> served(name, "256 MiB pushed in 16 chunks", NOTHING, this::pushChunks, FAST));
        all.put("push-layers", name -> served(name, "layers of 1 MiB pushed to the disk", NOTHING, this::pushLayers));
        all.put(
                "manifest",
                name -> served(
                        name,
                        "a manifest pulled by tag from files",
                        process -> SampleImage.push(process.port()),
                        process -> BlobClients.pull(process, SampleImage.MANIFEST, 16, time()),
                        FAST));
        all.put("start", this::start);
        for (Map.Entry<String, Drawing> each : all.entrySet()) {
            if (wanted.isEmpty() || wanted.contains(each.getKey())) {
                each.getValue().draw(each.getKey());
            }
        }
    }

    /**
     * Draws a server that has run for a while.
     *
     * @param prepare what it is given first, once
     * @param mode where it keeps what it gets, in files that are on disk unless it says otherwise
     */
    private void served(String name, String title, Work prepare, Work work, String... mode) throws Exception {
        List<String> options = new ArrayList<>(List.of(mode));
        if (!options.contains(MEMORY)) {
            options.addAll(
                    List.of("--data", Files.createTempDirectory(scratch, name).toString()));
        }
        try (RegistryProcess process = RegistryProcess.berth(jar, jvmOptions(), options.toArray(new String[0]))) {
            // A JVM that has just started compiles more than it serves.
            prepare.run(process);
            for (int i = 0; i < (quick ? 1 : 3); i++) {
                work.run(process);
            }
            draw(name, title, profiler.watch(process, scratch.resolve(name + ".txt"), work));
        }
    }

    private void start(String name) throws Exception {
        List<String> stacks = new ArrayList<>();
        for (int i = 0; i < (quick ? 1 : 10); i++) {
            Path result = scratch.resolve(name + i);
            stacks.addAll(profiler.watchAll(result, option -> {
                List<String> options = new ArrayList<>(jvmOptions());
                options.add(option);
                RegistryProcess.berth(jar, options, MEMORY).close();
            }));
        }
        draw(name, "a start, to the end of a JVM that has given one answer", stacks);
    }

    private void draw(String name, String title, List<String> stacks) throws IOException {
        FlameGraph graph = new FlameGraph();
        graph.add(stacks);
        graph.write(pictures.resolve("flame-" + name + ".svg"), title);
        StringBuilder shares = new StringBuilder(name + ":");
        KNOWN.forEach((what, functions) -> {
            double share = graph.share(functions);
            if (share >= 0.01) {
                shares.append(String.format(Locale.ROOT, " %s %.0f %%,", what, 100 * share));
            }
        });
        System.out.println(shares.deleteCharAt(shares.length() - 1));
    }

    /** So that the profiler sees where in a function the time goes. */
    private static List<String> jvmOptions() {
        return List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");
    }

    private void pushWhole(RegistryProcess process) throws IOException {
        pushes(blob -> blob.push(process.port(), REPOSITORY));
    }

    private void pushChunks(RegistryProcess process) throws IOException {
        pushes(blob -> blob.pushChunked(process.port(), REPOSITORY, CHUNK));
    }

    private void pushLayers(RegistryProcess process) throws IOException {
        pushes(blob -> {
            for (int i = 0; i < LAYERS; i++) {
                RandomBlob.of(System.nanoTime(), LAYER).pushStreamed(process.port(), REPOSITORY);
            }
        });
    }

    private void pushes(Push push) throws IOException {
        for (long end = System.nanoTime() + time().toNanos(); System.nanoTime() < end; ) {
            push.of(RandomBlob.of(System.nanoTime(), size()));
            // Or the system would have to find memory for what it has not written yet.
            try (Stream<Path> directories = Files.list(scratch)) {
                for (Path directory : directories.filter(Files::isDirectory).toList()) {
                    DirectoryTree.delete(directory.resolve("docker/registry/v2/blobs"));
                }
            }
        }
    }

    private Duration time() {
        return Duration.ofMillis(quick ? 300 : 5000);
    }

    private long size() {
        return (quick ? 16L : 256L) << 20;
    }

    private interface Push {
        void of(RandomBlob blob) throws IOException;
    }

    private interface Drawing {
        void draw(String name) throws Exception;
    }
}
