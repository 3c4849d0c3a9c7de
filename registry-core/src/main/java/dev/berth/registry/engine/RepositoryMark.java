package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;

/** What the manifests of a repository that stay reach: themselves, and whatever they mention. */
final class RepositoryMark {

    private final RepositoryName repository;
    private final ManifestContent manifests;
    private final boolean transitive;
    private final DigestSet live;
    private final Queue<Digest> added;
    private final CollectionRun run;
    private final DigestSet reached = new DigestSet();
    private final DigestSet there = new DigestSet();
    private final Deque<Digest> unread = new ArrayDeque<>();
    private boolean complete = true;

    /**
     * @param transitive whether a manifest that is reached stays, and reaches more; otherwise all manifests are told one by one
     * @param live what is reached in any repository; takes in what is reached here
     * @param added manifests that are put into the repository meanwhile
     */
    RepositoryMark(
            RepositoryName repository,
            ManifestContent manifests,
            boolean transitive,
            DigestSet live,
            Queue<Digest> added,
            CollectionRun run) {
        this.repository = repository;
        this.manifests = manifests;
        this.transitive = transitive;
        this.live = live;
        this.added = added;
        this.run = run;
    }

    /** Takes in what was put into the repository by now. */
    void catchUp() throws IOException {
        for (Digest digest = added.poll(); digest != null; digest = added.poll()) {
            readFrom(digest);
        }
    }

    /** The repository has this manifest. Those that come later are among the added. */
    void isThere(Digest manifest) {
        there.add(manifest);
    }

    /** Whether the repository had a manifest of this digest when it was looked at. */
    boolean isManifest(Digest digest) {
        return there.contains(digest);
    }

    /** A manifest stays. */
    void root(Digest digest) throws IOException {
        if (!transitive || !reached.contains(digest)) {
            readFrom(digest);
        }
    }

    boolean reaches(Digest digest) {
        return reached.contains(digest);
    }

    /** Whether all manifests that stay could be read; if not, nobody knows what they need. */
    boolean complete() {
        return complete;
    }

    /** Reads a manifest of the repository, if it is there and can be read. */
    Optional<Manifest> read(Digest digest) throws IOException {
        run.manifestRead();
        try {
            Optional<Manifest> manifest = manifests.find(repository, digest);
            if (manifest.isEmpty() && manifests.contains(repository, digest)) {
                unreadable(digest, "its bytes are missing");
            }
            return manifest;
        } catch (IOException e) {
            unreadable(digest, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void unreadable(Digest digest, String why) {
        complete = false;
        run.obstacle("Nothing is removed from " + repository + ", because nobody knows what its manifest " + digest
                + " needs: " + why + ". Push that manifest again, or delete it by its digest");
    }

    private void readFrom(Digest root) throws IOException {
        reach(root);
        unread.push(root);
        while (!unread.isEmpty()) {
            Optional<Manifest> manifest = read(unread.pop());
            if (manifest.isPresent()) {
                Digests.mentionedBy(manifest.get(), this::mention);
            }
        }
    }

    private void mention(Digest digest) {
        if (reach(digest) && transitive && isManifest(digest)) {
            unread.push(digest);
        }
    }

    private boolean reach(Digest digest) {
        live.add(digest);
        return reached.add(digest);
    }
}
