package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process and those that it has started use, as Linux counts it in {@code /proc}. */
public final class ProcessUsage {

    /** Of which Linux counts a hundred in a second, whatever the machine. */
    private static final double TICKS = 100;

    private final ProcessHandle process;

    ProcessUsage(ProcessHandle process) {
        this.process = process;
    }

    /** The time that processors have spent for it since it started, in seconds, in the program and in the kernel. */
    public double cpuSeconds() throws IOException {
        long ticks = 0;
        for (ProcessHandle each : all()) {
            String stat = Files.readString(Path.of("/proc/" + each.pid() + "/stat"));
            // The name, in brackets, may hold spaces.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / TICKS;
    }

    /** How many threads it has, those of the virtual machine included. */
    public long threads() throws IOException {
        return sum("Threads:");
    }

    /** How much memory it has at this moment, in bytes. */
    public long residentBytes() throws IOException {
        return sum("VmRSS:") * 1024;
    }

    /** How many files and connections it may have open. */
    public String fileLimit() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/limits"))) {
            if (line.startsWith("Max open files")) {
                return line.substring("Max open files".length()).trim().split("\\s")[0];
            }
        }
        return "unknown";
    }

    /** How many files, connections and other things with a descriptor it has open, without those that it has started. */
    public long openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return descriptors.count();
        }
    }

    private long sum(String field) throws IOException {
        long sum = 0;
        for (ProcessHandle each : all()) {
            for (String line : Files.readAllLines(Path.of("/proc/" + each.pid() + "/status"))) {
                if (line.startsWith(field)) {
                    sum += Long.parseLong(line.substring(field.length()).trim().split("\\s")[0]);
                }
            }
        }
        return sum;
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }
}
