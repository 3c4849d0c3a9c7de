package dev.berth.registry.engine;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import dev.berth.registry.quota.UsageSource;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The registry over a {@link Storage}. Content is stored before it is linked, and linked before a tag points to it, so that
 * whoever follows a tag finds everything.
 *
 * <p>One process at a time may write to a storage; any number may read. The storage stays the caller's to close.
 */
public final class StoredRegistry implements Registry {

    private final StoredBlobs blobs;
    private final StoredManifests manifests;
    private final StoredTags tags;
    private final StoredReferrers referrers;
    private final Repositories repositories;
    private final Storage storage;
    private final Coordination coordination;
    private final ManifestContent content;
    private final LastUses uses;
    private final StoredUsage usage;
    private final ManifestCache cache;

    /** A registry with the default options. */
    public StoredRegistry(Storage storage) {
        this(storage, RegistryOptions.defaults());
    }

    /** A registry over a storage, which may hold content already, of this registry or of Docker's. */
    public StoredRegistry(Storage storage, RegistryOptions options) {
        this.storage = storage;
        coordination = Coordination.with(options.clock());
        MetadataStore metadata = storage.metadata();
        Links links = new Links(metadata);
        blobs = new StoredBlobs(storage.blobs(), links, metadata, coordination);
        repositories = new Repositories(metadata);
        tags = new StoredTags(metadata, links);
        cache = new ManifestCache(options.manifestCache());
        content = new ManifestContent(storage.blobs(), metadata, cache, options.checksManifests());
        referrers = new StoredReferrers(metadata, content);
        References references = new References(options.referenceCheck(), blobs, content);
        usage = new StoredUsage(storage, links, tags, coordination);
        uses = new LastUses(metadata, coordination, options.notesUses());
        manifests = new StoredManifests(
                storage.blobs(), metadata, links, tags, referrers, content, references, coordination, uses);
    }

    /**
     * What removes garbage from this registry's storage while the registry is in use. Only a collector that comes from the one
     * registry which writes to a storage may collect there.
     */
    public Collector collector(CollectionOptions collectionOptions) {
        return new Collector(storage, coordination, manifests, content, tags, collectionOptions);
    }

    /** How much is kept where, for quotas. */
    public UsageSource usage() {
        return usage;
    }

    /**
     * What looks whether all that is kept in this registry's storage is as it was pushed, while the registry is in use. One that
     * moves damaged blobs away has to come from the registry that writes to the storage.
     */
    public Verifier verifier(VerificationOptions verificationOptions) {
        return new Verifier(storage, coordination, content, verificationOptions);
    }

    /** When what was last pulled, as far as it is noted. */
    public LastUses lastUses() {
        return uses;
    }

    /**
     * What carries out a policy here while the registry is in use. Where pulls are to count, they have to be noted: {@link
     * RegistryOptions#withNotesOfUses}.
     */
    public Retention retention(RetentionPolicy policy) {
        return new Retention(storage.metadata(), coordination, manifests, content, tags, uses, policy);
    }

    /** How useful the cache of manifests is. */
    public CacheStatistics cacheStatistics() {
        return cache.statistics();
    }

    /** Counts what is in the storage, which takes as long as a look at each blob and upload there. */
    public ContentCount contentCount() throws IOException {
        long[] counts = new long[3];
        storage.blobs().forEachBlob(blob -> {
            counts[0]++;
            counts[1] += blob.size();
        });
        storage.blobs().forEachUpload(upload -> counts[2]++);
        return new ContentCount(counts[0], counts[1], counts[2]);
    }

    /** What this registry keeps everything in. */
    public Storage storage() {
        return storage;
    }

    @Override
    public Optional<Blob> blob(RepositoryName repository, Digest digest) throws IOException {
        return blobs.findFor(repository, digest);
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) throws IOException {
        return blobs.delete(repository, digest);
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        return blobs.mount(repository, digest, from);
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        return blobs.begin(repository, algorithm);
    }

    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) throws IOException {
        return blobs.resume(repository, id);
    }

    @Override
    public Optional<Manifest> manifest(RepositoryName repository, Reference reference) throws IOException {
        return manifests.find(repository, reference);
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> newTags, TagWatch watch)
            throws IOException {
        manifests.put(repository, manifest, newTags, watch);
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        return manifests.delete(repository, digest, watch);
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        return manifests.deleteTag(repository, tag, watch);
    }

    @Override
    public Page<RepositoryName> repositories(Optional<String> after, int limit) throws IOException {
        return repositories.list(after, limit);
    }

    @Override
    public Optional<Page<Tag>> tags(RepositoryName repository, Optional<String> after, int limit) throws IOException {
        return repositories.exists(repository) ? Optional.of(tags.list(repository, after, limit)) : Optional.empty();
    }

    @Override
    public Page<Descriptor> referrers(
            RepositoryName repository, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit)
            throws IOException {
        return repositories.exists(repository)
                ? referrers.list(repository, subject, artifactType, after, limit)
                : Page.empty();
    }
}
