package dev.berth.benchmarks.suite;

import dev.berth.benchmarks.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of the suite.
 *
 * @param jar the one-command server
 * @param scratch a directory for everything, removed at the end
 * @param quick whether the run only proves that everything works
 * @param report where the lines go
 */
public record Bench(Path jar, Path scratch, boolean quick, Report report) {

    /** How often each is measured. */
    public int rounds() {
        return quick ? 1 : 5;
    }

    /** {@code full}, or {@code brief} in a run that only proves that everything works. */
    public int choose(int full, int brief) {
        return quick ? brief : full;
    }

    /** A new directory. */
    public Path fresh(String name) throws IOException {
        return Files.createTempDirectory(scratch, name);
    }

    /** Berth as a person starts it, with files in a new directory unless the options say otherwise. */
    public RegistryProcess berth(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        if (!all.contains("--memory") && !all.contains("--data")) {
            all.add("--data");
            all.add(fresh("berth").toString());
        }
        return RegistryProcess.berth(jar, List.of(), all.toArray(new String[0]));
    }
}
