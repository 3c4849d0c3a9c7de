package dev.berth.registry.image.archive;

import dev.berth.registry.Descriptor;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.IndexBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a layout lists in its index.json, while it is being added to. */
final class LayoutIndex {

    static final byte[] MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    private final List<Descriptor> entries;

    LayoutIndex(List<Descriptor> entries) {
        this.entries = new ArrayList<>(entries);
    }

    /** Lists an image once for each of its names, or once if it has none. A name that another has is taken from it. */
    void add(Image image, List<String> names) {
        for (String name : names) {
            Map<String, String> annotations = annotations(name);
            entries.removeIf(entry -> entry.annotations().equals(annotations));
            entries.add(entry(image, annotations));
        }
        boolean listed = entries.stream().anyMatch(entry -> entry.digest().equals(image.digest()));
        if (!listed) {
            entries.add(entry(image, Map.of()));
        }
    }

    private static Map<String, String> annotations(String name) {
        return Names.isWhole(name)
                ? Map.of(LayoutSource.NAME, name, LayoutSource.TAG, Names.tag(name))
                : Map.of(LayoutSource.TAG, name);
    }

    private static Descriptor entry(Image image, Map<String, String> annotations) {
        Descriptor own = image.descriptor();
        Descriptor plain = new Descriptor(own.mediaType(), own.digest(), own.size());
        return plain.withArtifact(Optional.empty(), annotations);
    }

    byte[] toJson() {
        IndexBuilder index = Image.index();
        entries.forEach(index::add);
        return Bytes.of(index.build().manifest());
    }
}
