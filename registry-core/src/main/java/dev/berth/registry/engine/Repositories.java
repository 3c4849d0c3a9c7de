package dev.berth.registry.engine;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Page;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.recent.RecentlyUsed;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which repositories there are: those that have a manifest. */
final class Repositories {

    /** How many repositories are remembered: some megabytes. */
    private static final int REMEMBERED = 8_192;

    private final MetadataStore metadata;

    /** The link to a manifest that a repository had. As long as it is there nobody has to look for another. */
    private final RecentlyUsed<RepositoryName, String> known = new RecentlyUsed<>(REMEMBERED);

    Repositories(MetadataStore metadata) {
        this.metadata = metadata;
    }

    boolean exists(RepositoryName repository) throws IOException {
        Optional<String> link = known.get(repository);
        return (link.isPresent() && metadata.contains(link.get())) || hasRevision(repository);
    }

    private boolean hasRevision(RepositoryName repository) throws IOException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            String revisions = Keys.revisions(repository, algorithm);
            Segments segments = new Segments(metadata, revisions, Optional.empty(), 8);
            for (Optional<String> hex = segments.next(); hex.isPresent(); hex = segments.next()) {
                String link = revisions + "/" + hex.get() + "/link";
                if (metadata.contains(link)) {
                    known.put(repository, link);
                    return true;
                }
            }
        }
        return false;
    }

    /** In the order of the full names. */
    Page<RepositoryName> list(Optional<String> after, int limit) throws IOException {
        List<RepositoryName> page = new ArrayList<>();
        RepositoryNames names = new RepositoryNames(metadata, after.orElse(""), limit + 1);
        for (Optional<RepositoryName> name = names.next(); name.isPresent(); name = names.next()) {
            if (exists(name.get())) {
                if (page.size() == limit) {
                    return new Page<>(page, true);
                }
                page.add(name.get());
            }
        }
        return new Page<>(page, false);
    }
}
