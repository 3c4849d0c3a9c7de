package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.RegistryProcess;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/** The servers of a row, stopped together. */
final class Servers implements Closeable {

    private final List<RegistryProcess> all = new ArrayList<>();

    /** Takes one that has started. */
    RegistryProcess start(RegistryProcess process) {
        all.add(process);
        return process;
    }

    @Override
    public void close() {
        all.forEach(RegistryProcess::close);
    }
}
