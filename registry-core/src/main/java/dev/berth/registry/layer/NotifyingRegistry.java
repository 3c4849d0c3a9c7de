package dev.berth.registry.layer;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells {@link Events} what happens in a registry. It belongs in front of the layers that refuse, so that what they refuse is
 * not told, and behind none that answers by itself.
 */
public final class NotifyingRegistry extends ForwardingRegistry {

    private final Events events;
    private final Clock clock;
    private final Origin origin;

    /**
     * Tells what happens in {@code next}.
     *
     * @param events who is told; the caller's to close
     * @param clock what tells when it happens
     */
    public NotifyingRegistry(Registry next, Events events, Clock clock) {
        this(next, events, clock, Origin.UNKNOWN);
    }

    private NotifyingRegistry(Registry next, Events events, Clock clock, Origin origin) {
        super(next);
        this.events = events;
        this.clock = clock;
        this.origin = origin;
    }

    /** Whether anybody listens, so that it matters who causes something. */
    public boolean isHeard() {
        return events.wanted();
    }

    /** The same registry, as somebody uses it: what is done with it is told to come from there. Costs next to nothing. */
    public Registry onBehalfOf(Origin somebody) {
        return new NotifyingRegistry(next(), events, clock, somebody);
    }

    @Override
    public Optional<Blob> blob(RepositoryName repository, Digest digest) throws IOException {
        Optional<Blob> blob = super.blob(repository, digest);
        return blob.isPresent() ? Optional.of(new PulledBlob(repository, blob.get())) : blob;
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) throws IOException {
        boolean deleted = super.deleteBlob(repository, digest);
        if (deleted) {
            publish(now -> new RegistryEvent.BlobDeleted(now, origin, repository, digest));
        }
        return deleted;
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        Optional<Blob> blob = super.mountBlob(repository, digest, from);
        blob.ifPresent(
                b -> publish(now -> new RegistryEvent.BlobMounted(now, origin, repository, b.descriptor(), from)));
        return blob.map(b -> new PulledBlob(repository, b));
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        return new PushedBlob(repository, super.beginUpload(repository, algorithm));
    }

    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) throws IOException {
        return super.resumeUpload(repository, id).map(upload -> new PushedBlob(repository, upload));
    }

    @Override
    public Optional<Manifest> manifest(RepositoryName repository, Reference reference) throws IOException {
        Optional<Manifest> manifest = super.manifest(repository, reference);
        // Most are pulled while nobody listens.
        if (manifest.isPresent() && events.wanted()) {
            Optional<Tag> tag = reference instanceof Tag t ? Optional.of(t) : Optional.empty();
            Manifest found = manifest.get();
            publish(now -> new RegistryEvent.ManifestPulled(
                    now, origin, repository, found.descriptor(), tag, found.references()));
        }
        return manifest;
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
            throws IOException {
        try {
            super.putManifest(repository, manifest, tags, watch.and(new NotingTags()));
        } finally {
            events.tell();
        }
        publish(now -> new RegistryEvent.ManifestPushed(
                now, origin, repository, manifest.descriptor(), tags, manifest.references()));
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        boolean deleted;
        try {
            deleted = super.deleteManifest(repository, digest, watch.and(new NotingTags()));
        } finally {
            events.tell();
        }
        if (deleted) {
            publish(now -> new RegistryEvent.ManifestDeleted(now, origin, repository, digest));
        }
        return deleted;
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        try {
            return super.deleteTag(repository, tag, watch.and(new NotingTags()));
        } finally {
            events.tell();
        }
    }

    private void publish(Function<Instant, RegistryEvent> event) {
        if (events.wanted()) {
            events.publish(event.apply(clock.instant()));
        }
    }

    /** Notes what becomes of tags while they can become nothing else; it is told when the locks have been given up. */
    private final class NotingTags implements TagWatch {

        @Override
        public void after(TagChange change) {
            if (change.moves() && events.wanted()) {
                events.note(event(change, clock.instant()));
            }
        }

        private RegistryEvent event(TagChange change, Instant now) {
            return change.to().isPresent()
                    ? new RegistryEvent.TagMoved(
                            now,
                            origin,
                            change.repository(),
                            change.tag(),
                            change.from(),
                            change.to().get())
                    : new RegistryEvent.TagDeleted(
                            now,
                            origin,
                            change.repository(),
                            change.tag(),
                            change.from().orElseThrow());
        }
    }

    private final class PulledBlob implements Blob {

        private final RepositoryName repository;
        private final Blob blob;

        PulledBlob(RepositoryName repository, Blob blob) {
            this.repository = repository;
            this.blob = blob;
        }

        @Override
        public Descriptor descriptor() {
            return blob.descriptor();
        }

        @Override
        public BlobContent open() throws IOException {
            BlobContent content = blob.open();
            publish(now -> new RegistryEvent.BlobPulled(now, origin, repository, descriptor()));
            return content;
        }
    }

    private final class PushedBlob extends ForwardingUpload {

        private final RepositoryName repository;

        PushedBlob(RepositoryName repository, BlobUpload next) {
            super(next);
            this.repository = repository;
        }

        @Override
        public Descriptor commit(Digest expected) throws IOException {
            Descriptor blob = super.commit(expected);
            publish(now -> new RegistryEvent.BlobPushed(now, origin, repository, blob));
            return blob;
        }
    }
}
