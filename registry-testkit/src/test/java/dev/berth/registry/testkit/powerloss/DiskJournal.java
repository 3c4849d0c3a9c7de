package dev.berth.registry.testkit.powerloss;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was done to a directory and all below it, one step after the other. */
final class DiskJournal {

    /** A file or a directory, whatever it is called. */
    static final class Node {
        final boolean directory;

        Node(boolean directory) {
            this.directory = directory;
        }
    }

    /** A step. Once one of {@code witnesses} is forced, it cannot be lost any more. */
    sealed interface Step {
        Set<Node> witnesses();
    }

    /** Names change hands, all at once. */
    record Rename(List<Entry> entries) implements Step {
        @Override
        public Set<Node> witnesses() {
            Set<Node> directories = new LinkedHashSet<>();
            entries.forEach(entry -> directories.add(entry.directory()));
            return directories;
        }
    }

    /** What a name in a directory stands for from then on; nothing if null. */
    record Entry(Node directory, String name, @Nullable Node node) {}

    /** Bytes are written, or if null, the file is cut to {@code position}. */
    record Write(Node file, long position, byte @Nullable [] bytes) implements Step {
        @Override
        public Set<Node> witnesses() {
            return Set.of(file);
        }
    }

    /** The disk has all that was done to a file, or to the names in a directory. */
    record Force(Node node) implements Step {
        @Override
        public Set<Node> witnesses() {
            return Set.of();
        }
    }

    private final Path root;
    private final Node top = new Node(true);
    private final Map<Path, Node> nodes = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    DiskJournal(Path root) {
        this.root = root;
        nodes.put(root, top);
    }

    Node top() {
        return top;
    }

    synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    synchronized int size() {
        return steps.size();
    }

    private boolean isOutside(Path path) {
        return !path.startsWith(root);
    }

    synchronized void created(Path path, boolean directory) {
        if (!isOutside(path) && !nodes.containsKey(path)) {
            Node node = new Node(directory);
            nodes.put(path, node);
            steps.add(new Rename(List.of(entry(path, node))));
        }
    }

    synchronized void deleted(Path path) {
        if (nodes.remove(path) != null) {
            steps.add(new Rename(List.of(entry(path, null))));
        }
    }

    synchronized void moved(Path from, Path to) {
        Node node = Objects.requireNonNull(nodes.remove(from));
        nodes.put(to, node);
        steps.add(new Rename(List.of(entry(from, null), entry(to, node))));
    }

    synchronized void linked(Path link, Path existing) {
        Node node = node(existing);
        nodes.put(link, node);
        steps.add(new Rename(List.of(entry(link, node))));
    }

    synchronized void written(Node file, long position, byte[] bytes) {
        steps.add(new Write(file, position, bytes));
    }

    synchronized void truncated(Node file, long size) {
        steps.add(new Write(file, size, null));
    }

    synchronized void forced(Node node) {
        steps.add(new Force(node));
    }

    synchronized Node node(Path path) {
        return Objects.requireNonNull(nodes.get(path), path.toString());
    }

    private Entry entry(Path path, @Nullable Node node) {
        return new Entry(node(path.getParent()), path.getFileName().toString(), node);
    }
}
