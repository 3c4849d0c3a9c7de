package dev.berth.registry.image;

import dev.berth.registry.image.LayerEntry.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows paths through symbolic links, never out of the root: {@code ..} of the root is the root. */
final class PathResolution {

    /** As in Linux. */
    private static final int MOST_LINKS = 40;

    private final Map<String, ImageFile> files;
    private int links;

    PathResolution(Map<String, ImageFile> files) {
        this.files = files;
    }

    Optional<ImageFile> follow(String path) throws IOException {
        return Optional.ofNullable(files.get(resolve(path, true)));
    }

    Optional<ImageFile> followToLast(String path) throws IOException {
        return Optional.ofNullable(files.get(resolve(path, false)));
    }

    /** The key of a directory, empty for the root. */
    Optional<String> directory(String path) throws IOException {
        String resolved = resolve(path, true);
        ImageFile file = files.get(resolved);
        boolean directory = resolved.isEmpty() || (file != null && file.kind() == Kind.DIRECTORY);
        return directory ? Optional.of(resolved) : Optional.empty();
    }

    /** The key that a path comes to, whether something is there or not. */
    String resolve(String path, boolean followLast) throws IOException {
        Deque<String> left = new ArrayDeque<>(parts(path));
        List<String> done = new ArrayList<>();
        while (!left.isEmpty()) {
            String part = left.removeFirst();
            if (part.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                continue;
            }
            done.add(part);
            ImageFile file = files.get(String.join("/", done));
            if (file == null || file.kind() != Kind.SYMLINK || (left.isEmpty() && !followLast)) {
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new IOException(path + " leads through more than " + MOST_LINKS + " symbolic links");
            }
            if (file.target().startsWith("/")) {
                done.clear();
            } else {
                done.remove(done.size() - 1);
            }
            List<String> target = parts(file.target());
            for (int i = target.size() - 1; i >= 0; i--) {
                left.addFirst(target.get(i));
            }
        }
        return String.join("/", done);
    }

    static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }
}
