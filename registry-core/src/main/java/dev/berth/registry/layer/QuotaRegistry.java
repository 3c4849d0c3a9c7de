package dev.berth.registry.layer;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagChange;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import dev.berth.registry.layer.QuotaLedger.Kind;
import dev.berth.registry.pattern.RepositoryPattern;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.quota.Usage;
import dev.berth.registry.quota.UsageSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds pushes to {@link Quota}s, with {@link dev.berth.registry.ErrorCode#DENIED} and numbers: how much there may be, how much there
 * is, and how much was asked for. Room is set aside before anything is stored, so that no number of pushes at the same time gets
 * past a quota. What is announced is refused before it is sent; an upload that grows beyond it is ended.
 *
 * <p>The first push into a quota counts what is there, and it is counted anew before something is refused where things have gone
 * since. All that pushes has to come through this layer; what is deleted may go by any way. Pulls cost nothing. Safe for use by
 * several threads.
 */
public final class QuotaRegistry extends ForwardingRegistry {

    private final UsageSource source;
    private final List<QuotaLedger> ledgers;

    /**
     * Holds {@code next} to quotas.
     *
     * @param source what counts: {@code StoredRegistry.usage()} of the registry behind all layers
     */
    public QuotaRegistry(Registry next, UsageSource source, List<Quota> quotas) {
        super(next);
        this.source = source;
        this.ledgers =
                quotas.stream().map(quota -> new QuotaLedger(quota, source)).toList();
    }

    /**
     * Counts what some repositories hold, whether there is a quota for them or not.
     *
     * @param repositories as {@link RepositoryPattern#of} reads it
     * @throws IllegalArgumentException if that is no pattern
     */
    public Usage usage(String repositories) throws IOException {
        return source.count(RepositoryPattern.of(repositories)).usage();
    }

    /**
     * How much of each quota is used, with what is on its way. It is counted if nobody has pushed into it yet; where things have gone
     * since then it may be less by now.
     */
    public Map<Quota, Usage> used() throws IOException {
        Map<Quota, Usage> used = new LinkedHashMap<>();
        for (QuotaLedger ledger : ledgers) {
            ledger.open();
            used.put(ledger.quota(), ledger.usage());
        }
        return used;
    }

    /** The quotas that count in a repository; empty if none does. */
    private Optional<QuotaShare> share(RepositoryName repository) {
        List<QuotaLedger> concerned = ledgers.stream()
                .filter(ledger -> ledger.quota().repositories().test(repository))
                .toList();
        return concerned.isEmpty() ? Optional.empty() : Optional.of(new QuotaShare(concerned));
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        Optional<QuotaShare> share = share(repository);
        if (share.isEmpty()) {
            return super.beginUpload(repository, algorithm);
        }
        try (Reservation reservation = new Reservation(share.get())) {
            reservation.upload();
            BlobUpload upload = super.beginUpload(repository, algorithm);
            reservation.uploadBegan(upload.id());
            return new QuotaUpload(upload, share.get());
        }
    }

    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) throws IOException {
        Optional<BlobUpload> upload = super.resumeUpload(repository, id);
        Optional<QuotaShare> share = share(repository);
        return share.isEmpty() ? upload : upload.map(next -> new QuotaUpload(next, share.get()));
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        Optional<QuotaShare> share = share(repository);
        Optional<Descriptor> stored = share.isEmpty() ? Optional.empty() : source.stored(from, digest);
        if (share.isEmpty() || stored.isEmpty()) {
            return super.mountBlob(repository, digest, from);
        }
        try (Reservation reservation = new Reservation(share.get())) {
            reservation.content(stored.get());
            Optional<Blob> mounted = super.mountBlob(repository, digest, from);
            if (mounted.isPresent()) {
                reservation.contentCame(stored.get());
            }
            return mounted;
        }
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
            throws IOException {
        Optional<QuotaShare> share = share(repository);
        if (share.isEmpty()) {
            super.putManifest(repository, manifest, tags, watch);
            return;
        }
        try (Reservation reservation = new Reservation(share.get())) {
            boolean isNew = !source.hasManifest(repository, manifest.digest());
            if (isNew) {
                reservation.manifest();
            }
            reservation.content(manifest.descriptor());
            share.get().prepare(Kind.TAGS, newOnes(repository, tags));
            super.putManifest(repository, manifest, tags, watch.and(new CountedTags(reservation)));
            reservation.contentCame(manifest.descriptor());
            if (isNew) {
                reservation.manifestCame();
            }
        }
    }

    private int newOnes(RepositoryName repository, List<Tag> tags) throws IOException {
        int count = 0;
        for (Tag tag : tags) {
            count += source.hasTag(repository, tag) ? 0 : 1;
        }
        return count;
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        return super.deleteManifest(repository, digest, watched(repository, watch));
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        return super.deleteTag(repository, tag, watched(repository, watch));
    }

    private TagWatch watched(RepositoryName repository, TagWatch watch) {
        Optional<QuotaShare> share = share(repository);
        return share.isEmpty() ? watch : watch.and(new CountedTags(new Reservation(share.get())));
    }

    /** Room that is set aside until what was to come has come, or the push has come to another end. */
    private static final class Reservation implements AutoCloseable {

        private final QuotaShare share;
        private Optional<Descriptor> reliedOn = Optional.empty();
        private long bytes;
        private long manifests;
        private long tags;
        private long uploads;

        Reservation(QuotaShare share) {
            this.share = share;
        }

        void content(Descriptor stored) throws IOException {
            if (share.rely(stored)) {
                reliedOn = Optional.of(stored);
            } else {
                share.reserve(Kind.BYTES, stored.size());
                bytes = stored.size();
            }
        }

        void contentCame(Descriptor stored) {
            share.contentCame(stored, bytes);
            bytes = 0;
        }

        void manifest() throws IOException {
            share.reserve(Kind.MANIFESTS, 1);
            manifests = 1;
        }

        void manifestCame() {
            share.manifestCame();
            manifests = 0;
        }

        void upload() throws IOException {
            share.reserve(Kind.UPLOADS, 1);
            uploads = 1;
        }

        void uploadBegan(UploadId id) {
            share.uploadBegan(id);
            uploads = 0;
        }

        void tag() {
            share.reserveAtOnce(Kind.TAGS, 1);
            tags++;
        }

        void tagCame() {
            share.tagCame();
            tags--;
        }

        @Override
        public void close() {
            reliedOn.ifPresent(share::relyNoMore);
            share.giveBack(Kind.BYTES, bytes);
            share.giveBack(Kind.MANIFESTS, manifests);
            share.giveBack(Kind.TAGS, tags);
            share.giveBack(Kind.UPLOADS, uploads);
        }
    }

    /** Counts tags while nobody else changes them. */
    private record CountedTags(Reservation reservation) implements TagWatch {

        @Override
        public void before(TagChange change) {
            if (change.creates()) {
                reservation.tag();
            }
        }

        @Override
        public void after(TagChange change) {
            if (change.creates()) {
                reservation.tagCame();
            } else if (change.deletes()) {
                reservation.share.tagWent();
            }
        }
    }
}
