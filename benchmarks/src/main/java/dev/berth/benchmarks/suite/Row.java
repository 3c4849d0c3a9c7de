package dev.berth.benchmarks.suite;

/** One kind of work. */
public interface Row {

    /** The name that it is chosen by on the command line. */
    String name();

    /** Measures, and reports each line as soon as it is known. */
    void run(Bench bench) throws Exception;
}
