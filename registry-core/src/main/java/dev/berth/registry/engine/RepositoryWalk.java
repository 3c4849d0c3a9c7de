package dev.berth.registry.engine;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.util.Optional;

/** Walks over all repositories that have any fact, be it no manifest, in any order. */
final class RepositoryWalk {

    private final MetadataStore metadata;
    private final Visitor<RepositoryName> visitor;
    private final Visitor<String> others;

    private RepositoryWalk(MetadataStore metadata, Visitor<RepositoryName> visitor, Visitor<String> others) {
        this.metadata = metadata;
        this.visitor = visitor;
        this.others = others;
    }

    /** @param others is shown what has facts like a repository, and cannot be one by its name */
    static void over(MetadataStore metadata, Visitor<RepositoryName> visitor, Visitor<String> others)
            throws IOException {
        new RepositoryWalk(metadata, visitor, others).below("");
    }

    private void below(String path) throws IOException {
        String parent = path.isEmpty() ? Keys.REPOSITORIES : Keys.REPOSITORIES + "/" + path;
        boolean hasFacts = false;
        Segments segments = new Segments(metadata, parent, Optional.empty());
        for (Optional<String> child = segments.next(); child.isPresent(); child = segments.next()) {
            if (child.get().startsWith("_")) {
                hasFacts = true;
            } else {
                below(path.isEmpty() ? child.get() : path + "/" + child.get());
            }
        }
        if (hasFacts && !path.isEmpty()) {
            visit(path);
        }
    }

    private void visit(String path) throws IOException {
        RepositoryName name;
        try {
            name = new RepositoryName(path);
        } catch (RegistryException e) {
            others.visit(path);
            return;
        }
        visitor.visit(name);
    }
}
