package dev.berth.registry.engine;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataKey;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Walks the tree of names in the order of the full names, in which {@code a-b} stands between {@code a} and {@code a/b}. A queue
 * holds, in that order, the next name of each directory that is open, and the subtrees, written with a slash at their end, that
 * are not open yet. So it costs as little to begin far behind as at the beginning.
 */
final class RepositoryNames {

    private final MetadataStore metadata;
    private final String last;
    private final int expected;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();

    /** @param siblings what follows in the same directory; empty for a subtree */
    private record Turn(String path, Optional<Segments> siblings) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return path.compareTo(other.path);
        }
    }

    /**
     * @param last only names behind this one, which may be any text
     * @param expected how many will most likely be wanted
     */
    RepositoryNames(MetadataStore metadata, String last, int expected) {
        this.metadata = metadata;
        this.last = last;
        this.expected = expected;
        turns.add(new Turn("", Optional.empty()));
    }

    /** The next name that there is a directory of, whether it is a repository or not. */
    Optional<RepositoryName> next() throws IOException {
        for (Turn turn = turns.poll(); turn != null; turn = turns.poll()) {
            if (turn.siblings.isEmpty()) {
                open(turn.path);
                continue;
            }
            String path = turn.path;
            advance(path.substring(0, path.lastIndexOf('/') + 1), turn.siblings.get());
            addSubtree(path);
            Optional<RepositoryName> name = path.compareTo(last) > 0 ? name(path) : Optional.empty();
            if (name.isPresent()) {
                return name;
            }
        }
        return Optional.empty();
    }

    /** @param subtree its path, with a slash at the end, or the empty string for the top */
    private void open(String subtree) throws IOException {
        String parent = Keys.REPOSITORIES + (subtree.isEmpty() ? "" : "/" + subtree.substring(0, subtree.length() - 1));
        String rest = last.startsWith(subtree) ? last.substring(subtree.length()) : "";
        int slash = rest.indexOf('/');
        String first = slash < 0 ? rest : rest.substring(0, slash);
        // What is below "a" comes behind "a-b" as a whole, so it may be wanted though "a" itself is not.
        for (int end = 1; end <= first.length(); end++) {
            boolean below = end == first.length() || first.charAt(end) < '/';
            if (below && isPartOfName(first.substring(0, end))) {
                addSubtree(subtree + first.substring(0, end));
            }
        }
        Optional<String> after = Optional.of(slash < 0 ? first : first + "/").filter(text -> !text.isEmpty());
        advance(subtree, new Segments(metadata, parent, after, expected));
    }

    private void addSubtree(String path) {
        turns.add(new Turn(path + "/", Optional.empty()));
    }

    private void advance(String subtree, Segments siblings) throws IOException {
        Optional<String> next = siblings.next();
        while (next.isPresent() && !isPartOfName(next.get())) {
            next = siblings.next();
        }
        next.ifPresent(segment -> turns.add(new Turn(subtree + segment, Optional.of(siblings))));
    }

    private static boolean isPartOfName(String segment) {
        return !segment.startsWith("_") && MetadataKey.isSegment(segment);
    }

    private static Optional<RepositoryName> name(String path) {
        try {
            return Optional.of(new RepositoryName(path));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}
