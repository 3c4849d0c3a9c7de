package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Page;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import dev.berth.registry.pattern.RepositoryPattern;
import dev.berth.registry.quota.UsageCount;
import dev.berth.registry.quota.UsageSource;
import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a storage holds, by repository. */
final class StoredUsage implements UsageSource {

    private static final int PAGE = 1000;

    private final BlobStore blobs;
    private final MetadataStore metadata;
    private final Links links;
    private final StoredTags tags;
    private final Coordination coordination;

    StoredUsage(Storage storage, Links links, StoredTags tags, Coordination coordination) {
        this.blobs = storage.blobs();
        this.metadata = storage.metadata();
        this.links = links;
        this.tags = tags;
        this.coordination = coordination;
    }

    @Override
    public UsageCount count(RepositoryPattern repositories) throws IOException {
        Counting counting = new Counting();
        RepositoryWalk.over(
                metadata,
                repository -> {
                    if (repositories.test(repository)) {
                        counting.count(repository);
                    }
                },
                path -> {});
        blobs.forEachUpload(upload -> {
            if (repositories.test(upload.repository())) {
                counting.uploads.put(upload.id(), upload.size());
            }
        });
        return counting;
    }

    @Override
    public Optional<Descriptor> stored(Optional<RepositoryName> repository, Digest blob) throws IOException {
        Optional<Digest> target =
                repository.isPresent() ? links.get(Keys.layer(repository.get(), blob)) : Optional.of(blob);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong size = blobs.size(target.get());
        return size.isPresent()
                ? Optional.of(new Descriptor(MediaTypes.OCTET_STREAM, target.get(), size.getAsLong()))
                : Optional.empty();
    }

    @Override
    public boolean hasManifest(RepositoryName repository, Digest digest) throws IOException {
        return metadata.contains(Keys.revision(repository, digest));
    }

    @Override
    public boolean hasTag(RepositoryName repository, Tag tag) throws IOException {
        return metadata.contains(Keys.tagCurrent(repository, tag));
    }

    @Override
    public long removals() {
        return coordination.removals().get();
    }

    private final class Counting implements UsageCount {

        private final DigestSet content = new DigestSet();
        private final Map<UploadId, Long> uploads = new HashMap<>();
        private long contentBytes;
        private long tagCount;
        private long manifestCount;

        void count(RepositoryName repository) throws IOException {
            Digests.inKeys(metadata, Keys.revisions(repository), digest -> {
                if (metadata.contains(Keys.revision(repository, digest))) {
                    manifestCount++;
                    add(digest, blobs.size(digest));
                }
            });
            Digests.inKeys(metadata, Keys.layers(repository), digest -> countBlob(repository, digest));
            countTags(repository);
        }

        private void countBlob(RepositoryName repository, Digest digest) throws IOException {
            if (content.contains(digest)) {
                return;
            }
            // Nearly always the bytes are kept by the digest that the link is called by.
            OptionalLong size = blobs.size(digest);
            if (size.isPresent()) {
                add(digest, size);
                return;
            }
            Optional<Descriptor> stored = stored(Optional.of(repository), digest);
            if (stored.isPresent()) {
                add(stored.get().digest(), OptionalLong.of(stored.get().size()));
            }
        }

        private void add(Digest digest, OptionalLong size) {
            if (content.add(digest)) {
                contentBytes += size.orElse(0);
            }
        }

        private void countTags(RepositoryName repository) throws IOException {
            Optional<String> after = Optional.empty();
            boolean more = true;
            while (more) {
                Page<Tag> page = tags.list(repository, after, PAGE);
                tagCount += page.items().size();
                more = page.more();
                after = page.items().stream().reduce((first, second) -> second).map(Tag::value);
            }
        }

        @Override
        public long contentBytes() {
            return contentBytes;
        }

        @Override
        public long tags() {
            return tagCount;
        }

        @Override
        public long manifests() {
            return manifestCount;
        }

        @Override
        public Map<UploadId, Long> uploads() {
            return uploads;
        }

        @Override
        public boolean contains(Digest stored) {
            return content.contains(stored);
        }

        @Override
        public boolean add(Digest stored) {
            return content.add(stored);
        }
    }
}
