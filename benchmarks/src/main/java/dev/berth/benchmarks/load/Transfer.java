package dev.berth.benchmarks.load;

/**
 * What came in a while.
 *
 * @param bytes how much
 * @param seconds in what time
 * @param serverSeconds the time that processors spent for the server meanwhile
 * @param clientSeconds the time that they spent for this program
 */
public record Transfer(long bytes, double seconds, double serverSeconds, double clientSeconds) {

    /** MiB in a second. */
    public double rate() {
        return bytes / seconds / (1 << 20);
    }

    /** What the server spent for a GiB, in milliseconds of a processor. */
    public double serverMillisPerGib() {
        return millisPerGib(serverSeconds);
    }

    /** What both sides spent for a GiB, in milliseconds of a processor. */
    public double millisPerGib() {
        return millisPerGib(serverSeconds + clientSeconds);
    }

    private double millisPerGib(double processorSeconds) {
        return processorSeconds * 1000 / (bytes / (double) (1 << 30));
    }
}
