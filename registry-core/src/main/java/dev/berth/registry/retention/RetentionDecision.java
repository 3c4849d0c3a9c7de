package dev.berth.registry.retention;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;

/** What becomes of a tag or a manifest, and why. Prints itself as a line for a person. */
public sealed interface RetentionDecision {

    /** Where it is. */
    RepositoryName repository();

    /** The manifest, or what the tag points to. */
    Digest digest();

    /** Why it stays or goes. */
    Reason reason();

    /** Whether it stays. */
    default boolean keeps() {
        return reason() instanceof Reason.Kept;
    }

    /** The same, for another reason. */
    RetentionDecision because(Reason other);

    /** What becomes of a tag. */
    record OfTag(RepositoryName repository, Tag tag, Digest digest, Reason reason) implements RetentionDecision {
        @Override
        public RetentionDecision because(Reason other) {
            return new OfTag(repository, tag, digest, other);
        }

        @Override
        public String toString() {
            return repository + ":" + tag + " " + reason.sentence();
        }
    }

    /** What becomes of a manifest that no tag points to. */
    record OfManifest(RepositoryName repository, Digest digest, Reason reason) implements RetentionDecision {
        @Override
        public RetentionDecision because(Reason other) {
            return new OfManifest(repository, digest, other);
        }

        @Override
        public String toString() {
            return repository + "@" + digest + " " + reason.sentence();
        }
    }
}
