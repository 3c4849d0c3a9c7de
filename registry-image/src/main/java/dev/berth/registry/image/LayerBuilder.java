package dev.berth.registry.image;

import dev.berth.registry.image.LayerEntry.Kind;
import dev.berth.registry.text.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts a layer together. What is added first does not matter: entries are sorted by path, hard links last, so that the same
 * entries make the same layer. Directories above a file are not added: what reads layers makes them.
 *
 * <p>Paths are absolute or relative to the root, which is the same. Not safe for use by several threads.
 */
public final class LayerBuilder {

    private final Map<String, TarProducer.Item> items = new TreeMap<>();
    private Optional<Compression> compression = Optional.empty();

    LayerBuilder() {}

    /** Adds a text file in UTF-8, with the {@linkplain Attributes#file() usual attributes}. */
    public LayerBuilder file(String path, String content) {
        return file(path, ByteSource.of(content), Attributes.file());
    }

    /** Adds a text file in UTF-8. */
    public LayerBuilder file(String path, String content, Attributes attributes) {
        return file(path, ByteSource.of(content), attributes);
    }

    /** Adds a file, with the {@linkplain Attributes#file() usual attributes}. */
    public LayerBuilder file(String path, byte[] content) {
        return file(path, ByteSource.of(content), Attributes.file());
    }

    /** Adds a copy of a file on disk, with the {@linkplain Attributes#file() usual attributes}; it is read when needed. */
    public LayerBuilder file(String path, Path content) {
        return file(path, ByteSource.of(content), Attributes.file());
    }

    /** Adds a file. */
    public LayerBuilder file(String path, ByteSource content, Attributes attributes) {
        return add(new LayerEntry(normal(path), Kind.FILE, content.size(), attributes, ""), content);
    }

    /** Adds a file of random bytes, as {@link ByteSource#random} makes them. */
    public LayerBuilder random(String path, long seed, long size) {
        return file(path, ByteSource.random(seed, size), Attributes.file());
    }

    /** Adds a directory, with the {@linkplain Attributes#directory() usual attributes}. */
    public LayerBuilder directory(String path) {
        return directory(path, Attributes.directory());
    }

    /** Adds a directory. */
    public LayerBuilder directory(String path, Attributes attributes) {
        return add(new LayerEntry(normal(path), Kind.DIRECTORY, 0, attributes, ""), ByteSource.of(""));
    }

    /**
     * Adds a directory on disk with all that is in it; symbolic links as such. Whoever may run a file may so in the layer;
     * beyond that neither attributes nor times are taken over, since they differ from one machine to another.
     *
     * @throws java.io.UncheckedIOException if the directory cannot be read
     */
    public LayerBuilder tree(String path, Path directory) {
        DiskTree.addTo(this, path, directory);
        return this;
    }

    /** Adds a symbolic link, whose target is put down as it is. */
    public LayerBuilder symlink(String path, String target) {
        Attributes attributes = Attributes.file().withMode(0777);
        return add(new LayerEntry(normal(path), Kind.SYMLINK, 0, attributes, target), ByteSource.of(""));
    }

    /** Adds another name for a file of this layer. */
    public LayerBuilder hardLink(String path, String target) {
        return add(
                new LayerEntry(normal(path), Kind.HARD_LINK, 0, Attributes.file(), normal(target)), ByteSource.of(""));
    }

    /** Takes away a file or a directory of the layers below. */
    public LayerBuilder whiteout(String path) {
        String normal = normal(path);
        int name = normal.lastIndexOf('/') + 1;
        return file(normal.substring(0, name) + LayerEntry.WHITEOUT + normal.substring(name), "");
    }

    /** Takes away all that the layers below have in a directory. */
    public LayerBuilder opaque(String directory) {
        return file(directory + "/" + LayerEntry.OPAQUE, "");
    }

    /** How to compress the layer; gzip unless told here or by the image's builder. */
    public LayerBuilder compression(Compression how) {
        compression = Optional.of(how);
        return this;
    }

    /** Adds an entry whose path nobody looks at, for layers that are meant to be evil. */
    LayerBuilder unchecked(String path, String content) {
        ByteSource bytes = ByteSource.of(content);
        return add(new LayerEntry(path, Kind.FILE, bytes.size(), Attributes.file(), ""), bytes);
    }

    /**
     * Makes the layer: reads and compresses it all once, to know its digest, and holds nothing of it.
     *
     * @throws java.io.UncheckedIOException if a file on disk cannot be read
     */
    public Layer build() {
        return build(Compression.GZIP);
    }

    Layer build(Compression usual) {
        List<TarProducer.Item> links = new ArrayList<>();
        List<TarProducer.Item> sorted = new ArrayList<>();
        for (TarProducer.Item item : items.values()) {
            (item.entry().kind() == Kind.HARD_LINK ? links : sorted).add(item);
        }
        sorted.addAll(links);
        return LayerContent.layer(out -> new TarProducer(sorted, out), compression.orElse(usual));
    }

    private LayerBuilder add(LayerEntry entry, ByteSource content) {
        if (items.putIfAbsent(entry.path(), new TarProducer.Item(entry, content)) != null) {
            throw new IllegalArgumentException(
                    Quoted.of(entry.path()) + " is in the layer already: a path has one entry");
        }
        return this;
    }

    /** @throws IllegalArgumentException if the path is the root or leads out of it */
    private static String normal(String path) {
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        if (parts.isEmpty() || parts.contains("..")) {
            throw new IllegalArgumentException("A path in a layer names something below the root, without '..', and "
                    + Quoted.of(path) + " does not");
        }
        return String.join("/", parts);
    }
}
