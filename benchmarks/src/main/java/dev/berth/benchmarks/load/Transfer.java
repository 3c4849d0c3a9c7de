package dev.berth.benchmarks.load;

/**
 * What came in a while.
 *
 * @param bytes how much
 * @param seconds in what time
 * @param serverSeconds the time that processors spent for the server meanwhile
 */
public record Transfer(long bytes, double seconds, double serverSeconds) {

    /** MiB in a second. */
    public double rate() {
        return bytes / seconds / (1 << 20);
    }

    /** What the server spent for a GiB, in milliseconds of a processor. */
    public double serverMillisPerGib() {
        return serverSeconds * 1000 / (bytes / (double) (1 << 30));
    }
}
