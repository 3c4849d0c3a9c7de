package dev.berth.benchmarks.torture;

import dev.berth.benchmarks.DirectoryTree;
import dev.berth.benchmarks.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Eight writers, eight readers, one who deletes and a collector that never rests, while the server is ended by SIGKILL again and
 * again. What was acknowledged is remembered here, and compared with what is there: all the time, and once more at the end.
 *
 * <p>Arguments: the server's jar, then {@code --kills N}, {@code --seconds N} (the longest it may take) and {@code --seed N}.
 */
public final class Torture {

    private static final int WRITERS = 8;
    private static final int READERS = 8;
    private static final int TAGS_EACH = 6;
    private static final Duration GRACE = Duration.ofSeconds(4);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final int SHORTEST_LIFE = 100;
    private static final int LONGEST_LIFE = 2900;

    private final Path scratch = Files.createTempDirectory("berth-torture");
    private final Path directory = scratch.resolve("data");
    private final Path jar;
    private final SplittableRandom random;
    private final Oracle oracle = new Oracle(WRITERS, TAGS_EACH);
    private final Contents contents;
    private final Victim victim;
    private final Wire wire;
    private volatile boolean going = true;

    private Torture(Path jar, long seed) throws IOException {
        this.jar = jar;
        random = new SplittableRandom(seed);
        contents = new Contents(seed);
        victim = Victim.berth(jar, directory, GRACE, scratch.resolve("server.log"));
        wire = new Wire(victim::port);
    }

    /** Runs it; ends with 1 if anything was not as it was acknowledged, and then leaves the directory where it is. */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        long seed = System.nanoTime();
        int kills = 12;
        long seconds = 600;
        for (int i = 1; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--kills" -> kills = Integer.parseInt(args[i + 1]);
                case "--seconds" -> seconds = Long.parseLong(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException("no option " + args[i]);
            }
        }
        System.out.println("seed " + seed);
        Torture torture = new Torture(jar, seed);
        System.exit(torture.run(kills, Duration.ofSeconds(seconds)) ? 0 : 1);
    }

    private boolean run(int kills, Duration longest) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        long begun = System.nanoTime();
        try {
            victim.awaitUp();
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                List<TagCell> own = oracle.cells().subList(i * TAGS_EACH, (i + 1) * TAGS_EACH);
                Writer writer = new Writer(wire, oracle, contents, victim, GRACE, own, i, random.split());
                clients.add(threads.submit(() -> loop(writer::step)));
            }
            for (int i = 0; i < READERS; i++) {
                Reader reader = new Reader(wire, oracle, contents, random.split());
                clients.add(threads.submit(() -> loop(reader::step)));
            }
            Deleter deleter = new Deleter(wire, oracle, contents, victim, random.split());
            clients.add(threads.submit(() -> loop(deleter::step)));
            while (victim.kills() < kills && System.nanoTime() - begun < longest.toNanos()) {
                Thread.sleep(SHORTEST_LIFE + random.nextInt(LONGEST_LIFE));
                victim.killAndStart();
                victim.awaitUp();
            }
            going = false;
            for (Future<?> client : clients) {
                client.get(2, TimeUnit.MINUTES);
            }
            finish();
        } finally {
            going = false;
            threads.shutdownNow();
            victim.kill();
        }
        return report(kills, (System.nanoTime() - begun) / 1e9);
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private Object loop(Step step) throws InterruptedException {
        while (going) {
            try {
                step.run();
            } catch (IOException e) {
                oracle.count("requests cut off");
                victim.rest();
            } catch (RuntimeException e) {
                oracle.violation("a client failed: " + e);
                throw e;
            }
        }
        return oracle;
    }

    private void finish() throws Exception {
        // A last one, with nobody there to repair anything, and time to collect whatever somebody could miss.
        victim.kill();
        victim.start();
        Thread.sleep(GRACE.toMillis());
        awaitCollection();
        Audit audit = new Audit(wire, oracle, contents);
        audit.everything(new Reader(wire, oracle, contents, random.split()));
        victim.stop();
        new DirectoryAudit(oracle, directory).run();
        verify();
        try (RegistryProcess other = RegistryProcess.dockerRegistry(directory)) {
            new Audit(new Wire(other::port), oracle, contents).sameInAnotherRegistry();
        }
    }

    /** The server's own verification finds nothing, as ours has found nothing. */
    private void verify() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int code = new ProcessBuilder(java, "-jar", jar.toString(), "verify", "--quiet", "--data", directory.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            oracle.violation("verify ended with " + code);
        }
    }

    /** What was interrupted again and again comes to its end when it is let. On a busy disk that takes as long as it takes. */
    private void awaitCollection() throws IOException, InterruptedException {
        DirectoryAudit files = new DirectoryAudit(oracle, directory);
        long least = Long.MAX_VALUE;
        long lastProgress = System.nanoTime();
        while (least > 0) {
            long garbage = files.garbage();
            if (garbage < least) {
                least = garbage;
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > LONGEST_PAUSE.toNanos()) {
                oracle.violation(garbage + " blobs that no link leads to are not removed");
                return;
            }
            Thread.sleep(200);
        }
    }

    private boolean report(int kills, double seconds) throws IOException {
        System.out.printf(
                "%d kills of %d wanted, in %.0f s; %d clients%n",
                victim.kills() - 2, kills, seconds, WRITERS + READERS + 1);
        oracle.counts().forEach((what, count) -> System.out.printf("%10d  %s%n", count.get(), what));
        System.out.printf("%10d  VIOLATIONS%n", oracle.violations());
        if (oracle.violations() > 0) {
            System.out.println("left in " + scratch);
            return false;
        }
        DirectoryTree.delete(scratch);
        return true;
    }
}
