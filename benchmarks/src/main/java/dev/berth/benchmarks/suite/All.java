package dev.berth.benchmarks.suite;

import dev.berth.benchmarks.DirectoryTree;
import dev.berth.benchmarks.rows.Allocation;
import dev.berth.benchmarks.rows.BigBlobPull;
import dev.berth.benchmarks.rows.BigBlobPush;
import dev.berth.benchmarks.rows.ColdStart;
import dev.berth.benchmarks.rows.ImageTraffic;
import dev.berth.benchmarks.rows.Lifecycle;
import dev.berth.benchmarks.rows.Listings;
import dev.berth.benchmarks.rows.ManifestPull;
import dev.berth.benchmarks.rows.Scale;
import dev.berth.benchmarks.rows.SlowClients;
import dev.berth.benchmarks.rows.SmallBlobPull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the rows of the suite and writes what they gave.
 *
 * <p>Arguments: the jar; the directory for the results; {@code short} for a run that only proves that everything works; and the
 * names of rows, all if there is none.
 */
public final class All {

    private static final List<Row> ROWS = List.of(
            new ManifestPull(),
            new SmallBlobPull(),
            new BigBlobPull(),
            new BigBlobPush(),
            new ImageTraffic(),
            new SlowClients(),
            new Lifecycle(),
            new ColdStart(),
            new Allocation(),
            new Listings(),
            new Scale());

    private All() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        Path results = Path.of(args[1]);
        List<String> names = new ArrayList<>(Arrays.asList(args).subList(2, args.length));
        boolean quick = names.remove("short");
        List<Row> rows = chosen(names);
        Path scratch = Files.createTempDirectory("berth-benchmark");
        Report report = new Report(System.out, !quick);
        // However it ends: no server is left, and no directory with a million files.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(scratch)));
        int failed = 0;
        for (Row row : rows) {
            if (!ran(row, new Bench(jar, scratch, quick, report))) {
                failed++;
            }
            Results.write(report, results);
        }
        report.say("");
        Results.table(report).forEach(report::say);
        report.say("What was written in " + scratch + " is removed behind this, which may take some minutes.");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean ran(Row row, Bench bench) {
        bench.report().say("\n" + row.name());
        long start = System.nanoTime();
        try {
            row.run(bench);
            bench.report().took(row.name(), start);
            return true;
        } catch (Exception e) {
            bench.report().say("  FAILED: " + e);
            e.printStackTrace();
            return false;
        }
    }

    private static void cleanUp(Path scratch) {
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(process -> process.onExit().join());
        try {
            DirectoryTree.deleteBehind(scratch);
        } catch (IOException e) {
            System.err.println(scratch + " could not be deleted: " + e);
        }
    }

    private static List<Row> chosen(List<String> names) {
        List<String> known = ROWS.stream().map(Row::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("There is no row " + name + "; there are " + known);
            }
        }
        return ROWS.stream()
                .filter(row -> names.isEmpty() || names.contains(row.name()))
                .toList();
    }
}
