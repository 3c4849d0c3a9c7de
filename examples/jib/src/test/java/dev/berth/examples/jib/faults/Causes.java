package dev.berth.examples.jib.faults;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An exception and its causes, each as it prints itself, in one line. */
final class Causes {

    private Causes() {}

    static String of(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .map(Throwable::toString)
                .collect(Collectors.joining(" "));
    }
}
