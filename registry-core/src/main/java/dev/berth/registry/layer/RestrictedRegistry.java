package dev.berth.registry.layer;

import dev.berth.registry.Blob;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registry as somebody sees it who may not pull from every repository: the others are not there. It does not refuse
 * pushes and deletes, which tell nothing of what there is.
 *
 * <p>A blob is mounted from a repository that they may pull, and else it is absent: its presence elsewhere makes no
 * difference, and nothing elsewhere is looked at. Pages of the catalogue are full as long as there is more, so that their
 * size tells nothing of what is left out; between the {@linkplain Visibility#beginnings() beginnings} of visible names
 * nothing is read.
 */
public final class RestrictedRegistry extends ForwardingRegistry {

    private static final int MOST_AT_ONCE = 1000;

    private final Visibility visibility;

    /** What of {@code next} can be seen. */
    public RestrictedRegistry(Registry next, Visibility visibility) {
        super(next);
        this.visibility = visibility;
    }

    @Override
    public Optional<Blob> blob(RepositoryName repository, Digest digest) throws IOException {
        return visibility.mayPull(repository) ? next().blob(repository, digest) : Optional.empty();
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        if (from.isPresent()) {
            return visibility.mayPull(from.get()) ? next().mountBlob(repository, digest, from) : Optional.empty();
        }
        // Where the registry has it is not theirs to find out; what the target has already, they may see.
        return blob(repository, digest);
    }

    @Override
    public Optional<Manifest> manifest(RepositoryName repository, Reference reference) throws IOException {
        return visibility.mayPull(repository) ? next().manifest(repository, reference) : Optional.empty();
    }

    @Override
    public Optional<Page<Tag>> tags(RepositoryName repository, Optional<String> after, int limit) throws IOException {
        return visibility.mayPull(repository) ? next().tags(repository, after, limit) : Optional.empty();
    }

    @Override
    public Page<Descriptor> referrers(
            RepositoryName repository, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit)
            throws IOException {
        return visibility.mayPull(repository)
                ? next().referrers(repository, subject, artifactType, after, limit)
                : Page.empty();
    }

    @Override
    public Page<RepositoryName> repositories(Optional<String> after, int limit) throws IOException {
        List<RepositoryName> visible = new ArrayList<>();
        List<String> beginnings = visibility.beginnings();
        int atOnce = (int) Math.min(limit + 1L, MOST_AT_ONCE);
        Optional<String> from = skip(after.orElse(""), beginnings);
        while (from.isPresent()) {
            Page<RepositoryName> page = next().repositories(from.filter(f -> !f.isEmpty()), atOnce);
            for (RepositoryName name : page.items()) {
                if (visibility.mayList(name)) {
                    if (visible.size() == limit) {
                        return new Page<>(visible, true);
                    }
                    visible.add(name);
                }
            }
            if (!page.more() || page.items().isEmpty()) {
                break;
            }
            from = skip(page.items().get(page.items().size() - 1).value(), beginnings);
        }
        return new Page<>(visible, false);
    }

    /** Where to go on behind {@code last}: there, or just before the next beginning; empty if there is none. */
    private static Optional<String> skip(String last, List<String> beginnings) {
        Optional<String> nearest = Optional.empty();
        for (String beginning : beginnings) {
            if (last.startsWith(beginning)) {
                return Optional.of(last);
            }
            boolean ahead = beginning.compareTo(last) > 0;
            if (ahead && (nearest.isEmpty() || beginning.compareTo(nearest.get()) < 0)) {
                nearest = Optional.of(beginning);
            }
        }
        return nearest.map(RestrictedRegistry::justBefore);
    }

    /** A text behind all names before {@code beginning} and before all with it: no name has a tilde. */
    private static String justBefore(String beginning) {
        int end = beginning.length() - 1;
        return beginning.substring(0, end) + (char) (beginning.charAt(end) - 1) + '~';
    }
}
