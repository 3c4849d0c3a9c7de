package dev.berth.registry.engine;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Page;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Which repositories there are: those that have a manifest. */
final class Repositories {

    private final MetadataStore metadata;

    Repositories(MetadataStore metadata) {
        this.metadata = metadata;
    }

    boolean exists(RepositoryName repository) throws IOException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            String revisions = Keys.revisions(repository, algorithm);
            Segments segments = new Segments(metadata, revisions, Optional.empty(), 8);
            for (Optional<String> hex = segments.next(); hex.isPresent(); hex = segments.next()) {
                if (metadata.contains(revisions + "/" + hex.get() + "/link")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Walks the tree of names in the order of the full names, in which {@code a-b} stands between {@code a} and {@code a/b}:
     * a queue holds, in that order, the names whose turn will come and the subtrees, written with a slash at their end, that
     * have not been opened yet.
     */
    Page<RepositoryName> list(Optional<String> after, int limit) throws IOException {
        String last = after.orElse("");
        List<RepositoryName> page = new ArrayList<>();
        PriorityQueue<String> queue = new PriorityQueue<>();
        queue.add("");
        while (!queue.isEmpty()) {
            String path = queue.remove();
            if (path.isEmpty() || path.endsWith("/")) {
                open(path, last, queue);
                continue;
            }
            Optional<RepositoryName> name = path.compareTo(last) > 0 ? name(path) : Optional.empty();
            if (name.isPresent() && exists(name.get())) {
                if (page.size() == limit) {
                    return new Page<>(page, true);
                }
                page.add(name.get());
            }
            queue.add(path + "/");
        }
        return new Page<>(page, false);
    }

    /** Puts what is directly below {@code path} into the queue, but for what lies before {@code last} as a whole. */
    private void open(String path, String last, PriorityQueue<String> queue) throws IOException {
        if (path.compareTo(last) < 0 && !last.startsWith(path)) {
            return;
        }
        String parent = Keys.REPOSITORIES + (path.isEmpty() ? "" : "/" + path.substring(0, path.length() - 1));
        Segments segments = new Segments(metadata, parent, Optional.empty());
        for (Optional<String> child = segments.next(); child.isPresent(); child = segments.next()) {
            boolean partOfName = !child.get().startsWith("_");
            if (partOfName) {
                queue.add(path + child.get());
            }
        }
    }

    private static Optional<RepositoryName> name(String path) {
        try {
            return Optional.of(new RepositoryName(path));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}
