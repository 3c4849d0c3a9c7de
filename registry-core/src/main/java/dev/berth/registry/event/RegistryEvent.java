package dev.berth.registry.event;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that has happened in a registry. Each kind is a record, so that a listener tells them apart by type. */
public sealed interface RegistryEvent {

    /** When it happened. */
    Instant time();

    /** Who caused it. */
    Origin origin();

    /** What happened in one repository. */
    sealed interface InRepository extends RegistryEvent {

        /** Where it happened. */
        RepositoryName repository();
    }

    /**
     * A manifest was pushed; the tags that it moved have been told of before.
     *
     * @param manifest its media type, digest and size
     * @param tags the tags that it was pushed as, moved or not; none where it was pushed by digest
     * @param references what it is made of, in order: the config and the layers, or the manifests of an index
     */
    record ManifestPushed(
            Instant time,
            Origin origin,
            RepositoryName repository,
            Descriptor manifest,
            List<Tag> tags,
            List<Descriptor> references)
            implements InRepository {

        public ManifestPushed {
            tags = List.copyOf(tags);
            references = List.copyOf(references);
        }
    }

    /**
     * A manifest was looked up and found, by HTTP with {@code GET} or {@code HEAD}.
     *
     * @param manifest its media type, digest and size
     * @param tag the tag that it was asked for by, or empty if it was by digest
     * @param references what it is made of, as where it was pushed
     */
    record ManifestPulled(
            Instant time,
            Origin origin,
            RepositoryName repository,
            Descriptor manifest,
            Optional<Tag> tag,
            List<Descriptor> references)
            implements InRepository {

        public ManifestPulled {
            references = List.copyOf(references);
        }
    }

    /** A manifest was deleted; the tags that went with it have been told of before. */
    record ManifestDeleted(Instant time, Origin origin, RepositoryName repository, Digest digest)
            implements InRepository {}

    /**
     * A tag points to another manifest than before.
     *
     * @param from what it pointed to, or empty if it is new
     * @param to what it points to
     */
    record TagMoved(Instant time, Origin origin, RepositoryName repository, Tag tag, Optional<Digest> from, Digest to)
            implements InRepository {}

    /**
     * A tag was deleted, by itself or with its manifest.
     *
     * @param from what it pointed to
     */
    record TagDeleted(Instant time, Origin origin, RepositoryName repository, Tag tag, Digest from)
            implements InRepository {}

    /** A blob was uploaded. */
    record BlobPushed(Instant time, Origin origin, RepositoryName repository, Descriptor blob)
            implements InRepository {}

    /** A blob was opened to be read, as a whole or in part. */
    record BlobPulled(Instant time, Origin origin, RepositoryName repository, Descriptor blob)
            implements InRepository {}

    /**
     * A blob that the registry had became part of a repository.
     *
     * @param from where it was said to be, or empty if that was left open
     */
    record BlobMounted(
            Instant time, Origin origin, RepositoryName repository, Descriptor blob, Optional<RepositoryName> from)
            implements InRepository {}

    /** A blob was taken out of a repository. */
    record BlobDeleted(Instant time, Origin origin, RepositoryName repository, Digest digest) implements InRepository {}

    /**
     * A run of the garbage collector has ended.
     *
     * @param manifests how many manifests it removed
     * @param blobs how many blobs it removed
     * @param uploads how many upload sessions it ended
     * @param bytes how many bytes that freed
     * @param took how long it ran
     */
    record Collected(Instant time, Origin origin, long manifests, long blobs, long uploads, long bytes, Duration took)
            implements RegistryEvent {}
}
