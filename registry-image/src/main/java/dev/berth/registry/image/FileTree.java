package dev.berth.registry.image;

import dev.berth.registry.image.LayerEntry.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file system that the layers of an image make together: whiteouts have taken away what they hide, and hard links are the
 * files that they name. Paths are absolute or relative to the root, which is the same. Immutable.
 */
public final class FileTree {

    private final NavigableMap<String, ImageFile> files;

    private FileTree(NavigableMap<String, ImageFile> files) {
        this.files = files;
    }

    static FileTree of(List<Layer> layers) throws IOException {
        NavigableMap<String, ImageFile> files = new TreeMap<>();
        for (Layer layer : layers) {
            new LayerMerge(files, layer).merge();
        }
        return new FileTree(files);
    }

    /** A file, directory or link, symbolic links being followed; empty if there is none or the link leads nowhere. */
    public Optional<ImageFile> find(String path) throws IOException {
        return new PathResolution(files).follow(path);
    }

    /** As {@link #find}, but a symbolic link at the end of the path is what is found. */
    public Optional<ImageFile> findLink(String path) throws IOException {
        return new PathResolution(files).followToLast(path);
    }

    /** Whether there is a file, directory or link at a path, symbolic links being followed. */
    public boolean contains(String path) throws IOException {
        return find(path).isPresent();
    }

    /**
     * The text of a file, in UTF-8, symbolic links being followed.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is no file, or of more than 64 MiB
     */
    public String read(String path) throws IOException {
        ImageFile file = find(path).orElseThrow(() -> missing(path));
        if (file.kind() != Kind.FILE) {
            throw new IOException(file + " is no file: its kind is " + file.kind());
        }
        return file.text();
    }

    /**
     * What is in a directory, in order of name, symbolic links on the way to it being followed.
     *
     * @throws NoSuchFileException if there is no such directory
     */
    public List<ImageFile> list(String directory) throws IOException {
        PathResolution resolution = new PathResolution(files);
        String path = resolution.directory(directory).orElseThrow(() -> missing(directory));
        String prefix = path.isEmpty() ? "" : path + "/";
        List<ImageFile> children = new ArrayList<>();
        String key = prefix.isEmpty() ? (files.isEmpty() ? null : files.firstKey()) : files.higherKey(prefix);
        while (key != null && key.startsWith(prefix)) {
            int below = key.indexOf('/', prefix.length());
            if (below < 0) {
                children.add(file(key));
                key = files.higherKey(key);
            } else {
                // '0' follows '/': the first key that is not below that child.
                key = files.ceilingKey(key.substring(0, below) + "0");
            }
        }
        return Collections.unmodifiableList(children);
    }

    /** Everything but the root, in order of path. */
    public List<ImageFile> all() {
        return List.copyOf(files.values());
    }

    private ImageFile file(String key) {
        return Objects.requireNonNull(files.get(key));
    }

    private static NoSuchFileException missing(String path) {
        return new NoSuchFileException(path, null, "the image has no such file");
    }
}
