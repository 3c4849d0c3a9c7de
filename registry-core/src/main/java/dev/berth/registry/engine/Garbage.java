package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.time.Instant;
import java.util.Optional;

/** Something that a {@link Collector} removes. Prints itself as a line for a log. */
public sealed interface Garbage {

    /** Why nobody needs it. */
    String reason();

    /** How many bytes of content go with it; links and other facts count as none. */
    default long bytes() {
        return 0;
    }

    /** The repository that it is in; blobs are in none. */
    Optional<RepositoryName> place();

    /**
     * A manifest that can be reached by its digest alone, with what it was pushed as.
     *
     * @param pushedAt when it last was
     */
    record UntaggedManifest(RepositoryName repository, Digest digest, Instant pushedAt) implements Garbage {
        @Override
        public String reason() {
            return "no tag leads to it, and it was last pushed at " + pushedAt;
        }

        @Override
        public Optional<RepositoryName> place() {
            return Optional.of(repository);
        }
    }

    /**
     * A repository's claim to a blob; the bytes stay while there is another.
     *
     * @param linkedAt when the blob was last pushed or mounted there
     */
    record BlobLink(RepositoryName repository, Digest digest, Instant linkedAt) implements Garbage {
        @Override
        public String reason() {
            return "no manifest of the repository needs it, and it was last pushed at " + linkedAt;
        }

        @Override
        public Optional<RepositoryName> place() {
            return Optional.of(repository);
        }
    }

    /**
     * An upload session that nobody goes on with.
     *
     * @param bytes how many had come
     * @param changedAt when the last of them did
     */
    record AbandonedUpload(RepositoryName repository, UploadId id, long bytes, Instant changedAt) implements Garbage {
        @Override
        public String reason() {
            return "nothing has come since " + changedAt;
        }

        @Override
        public Optional<RepositoryName> place() {
            return Optional.of(repository);
        }
    }

    /**
     * The bytes of a blob or a manifest that no repository has.
     *
     * @param changedAt when they last came
     */
    record UnusedBlob(Digest digest, long bytes, Instant changedAt) implements Garbage {
        @Override
        public String reason() {
            return "no repository has it, and it last came at " + changedAt;
        }

        @Override
        public Optional<RepositoryName> place() {
            return Optional.empty();
        }
    }
}
