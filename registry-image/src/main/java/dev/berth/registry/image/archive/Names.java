package dev.berth.registry.image.archive;

import dev.berth.registry.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/** The names of images in layouts and archives. */
final class Names {

    private Names() {}

    static List<String> of(LayoutSource layout) throws IOException {
        List<Descriptor> entries = layout.entries();
        return entries.stream()
                .map(LayoutSource::name)
                .flatMap(Optional::stream)
                .toList();
    }

    static Supplier<NoSuchElementException> missing(String name, Path where, List<String> names) {
        return () -> new NoSuchElementException(where + " has no image called " + name + "; "
                + (names.isEmpty() ? "none in it has a name" : "it has " + String.join(", ", names)));
    }

    /** Whether a name is more than a tag. */
    static boolean isWhole(String name) {
        return name.lastIndexOf(':') > name.lastIndexOf('/') && !name.startsWith(":");
    }

    /** The tag that a name is or ends with. */
    static String tag(String name) {
        return isWhole(name) ? name.substring(name.lastIndexOf(':') + 1) : name;
    }
}
