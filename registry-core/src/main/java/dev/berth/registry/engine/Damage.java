package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Optional;

/** Something that a {@link Verifier} has found wrong in a storage. */
public sealed interface Damage {

    /** What is wrong, as a line for a person. */
    String message();

    /**
     * A blob or manifest whose bytes are not those that it is kept by.
     *
     * @param size how many bytes it has now
     * @param actual the digest of these
     * @param quarantine where they were moved to, if they were
     */
    record AlteredBlob(Digest digest, long size, Digest actual, Optional<String> quarantine) implements Damage {
        @Override
        public String message() {
            return "the bytes of " + digest + " are others now: " + size + ", with the digest " + actual
                    + quarantine.map(where -> "; moved to " + where).orElse("");
        }
    }

    /**
     * A blob or manifest whose bytes cannot be read.
     *
     * @param problem what the storage said
     */
    record UnreadableBlob(Digest digest, String problem) implements Damage {
        @Override
        public String message() {
            return "the bytes of " + digest + " cannot be read: " + problem;
        }
    }

    /**
     * A fact that should name a digest and does not, as a crash of Docker's registry can leave behind. It counts as absent.
     *
     * @param key its key in the storage
     */
    record BrokenLink(String key) implements Damage {
        @Override
        public String message() {
            return "the link " + key + " holds no digest";
        }
    }

    /** A manifest that a repository has, and the storage has no bytes of. */
    record MissingManifest(RepositoryName repository, Digest digest) implements Damage {
        @Override
        public String message() {
            return "the manifest " + repository + "@" + digest + " has no bytes";
        }
    }

    /**
     * Bytes that a repository has as a manifest, and which are none.
     *
     * @param problem what is wrong with them
     */
    record BrokenManifest(RepositoryName repository, Digest digest, String problem) implements Damage {
        @Override
        public String message() {
            return "the manifest " + repository + "@" + digest + " cannot be read: " + problem;
        }
    }

    /**
     * A blob or manifest that a manifest needs, and its repository does not have.
     *
     * @param manifest what needs it
     */
    record MissingReference(RepositoryName repository, Digest manifest, Descriptor reference) implements Damage {
        @Override
        public String message() {
            return "the manifest " + repository + "@" + manifest + " needs " + reference.digest() + " ("
                    + reference.mediaType() + "), which is not there";
        }
    }

    /**
     * A blob or manifest that has another size than a manifest which needs it says.
     *
     * @param manifest what needs it
     * @param size how many bytes it has
     */
    record WrongSize(RepositoryName repository, Digest manifest, Descriptor reference, long size) implements Damage {
        @Override
        public String message() {
            return "the manifest " + repository + "@" + manifest + " needs " + reference.digest() + " ("
                    + reference.mediaType() + ") of " + reference.size() + " bytes, which has " + size;
        }
    }

    /**
     * A blob or manifest that a manifest needs, and whose bytes were found altered or cannot be read.
     *
     * @param manifest what needs it
     */
    record DamagedReference(RepositoryName repository, Digest manifest, Descriptor reference) implements Damage {
        @Override
        public String message() {
            return "the manifest " + repository + "@" + manifest + " needs " + reference.digest() + " ("
                    + reference.mediaType() + "), which is damaged";
        }
    }

    /**
     * A tag that leads to no manifest.
     *
     * @param target what it points to
     */
    record DanglingTag(RepositoryName repository, Tag tag, Digest target) implements Damage {
        @Override
        public String message() {
            return "the tag " + repository + ":" + tag + " points to " + target
                    + ", which the repository does not have";
        }
    }
}
