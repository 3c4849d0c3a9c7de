package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Page;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.retention.Keep;
import dev.berth.registry.retention.RepositoryFacts;
import dev.berth.registry.retention.RepositoryFacts.ManifestFact;
import dev.berth.registry.retention.RepositoryFacts.TagFact;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Reads of a repository what rules ask for, and no more. */
final class RetentionFacts {

    private static final int PAGE = 1000;

    private final MetadataStore metadata;
    private final ManifestContent content;
    private final StoredTags tags;
    private final LastUses uses;
    private final RetentionPolicy.Rules rules;
    private final BiPredicate<RepositoryName, Tag> immutable;

    RetentionFacts(
            MetadataStore metadata,
            ManifestContent content,
            StoredTags tags,
            LastUses uses,
            RetentionPolicy.Rules rules,
            BiPredicate<RepositoryName, Tag> immutable) {
        this.metadata = metadata;
        this.content = content;
        this.tags = tags;
        this.uses = uses;
        this.rules = rules;
        this.immutable = immutable;
    }

    RepositoryFacts read(RepositoryName repository) throws IOException {
        // First the manifests: one that comes after that is none of those that may go.
        Set<Digest> revisions = new LinkedHashSet<>();
        if (rules.untagged().isPresent()) {
            Digests.inKeys(metadata, Keys.revisions(repository), revisions::add);
        }
        List<TagFact> tagFacts = tags(repository);
        Set<Digest> tagged = new HashSet<>();
        tagFacts.forEach(tag -> tagged.add(tag.digest()));
        boolean noneCanGo = tagged.containsAll(revisions)
                && rules.untagged().filter(age -> !age.isZero()).isPresent();
        List<ManifestFact> manifestFacts = new ArrayList<>();
        Optional<String> obstacle = Optional.empty();
        for (Digest digest : revisions) {
            try {
                manifest(repository, digest, noneCanGo ? Set.of() : revisions).ifPresent(manifestFacts::add);
            } catch (IOException e) {
                obstacle = Optional.of(String.valueOf(e.getMessage()));
                break;
            }
        }
        return new RepositoryFacts(repository, tagFacts, manifestFacts, uses.notedSince(), obstacle);
    }

    private List<TagFact> tags(RepositoryName repository) throws IOException {
        boolean pullsCount = rules.keep().stream().anyMatch(Keep.PulledWithin.class::isInstance);
        List<TagFact> facts = new ArrayList<>();
        Optional<String> after = Optional.empty();
        boolean more = true;
        while (more) {
            Page<Tag> page = tags.list(repository, after, PAGE);
            for (Tag tag : page.items()) {
                Optional<Digest> digest = tags.find(repository, tag);
                Optional<Instant> pushedAt = metadata.changedAt(Keys.tagCurrent(repository, tag));
                if (digest.isPresent() && pushedAt.isPresent()) {
                    Optional<Instant> pulledAt = pullsCount ? uses.pulled(repository, tag) : Optional.empty();
                    facts.add(
                            new TagFact(tag, digest.get(), pushedAt.get(), pulledAt, immutable.test(repository, tag)));
                }
                after = Optional.of(tag.value());
            }
            more = page.more();
        }
        return facts;
    }

    /** @param revisions the manifests of the repository; empty if it does not matter what this one names */
    private Optional<ManifestFact> manifest(RepositoryName repository, Digest digest, Set<Digest> revisions)
            throws IOException {
        Optional<Instant> pushedAt = metadata.changedAt(Keys.revision(repository, digest));
        if (pushedAt.isEmpty()) {
            return Optional.empty();
        }
        Set<Digest> names = new LinkedHashSet<>();
        Optional<Digest> subject = Optional.empty();
        if (!revisions.isEmpty()) {
            Optional<Manifest> manifest = content.find(repository, digest);
            if (manifest.isEmpty()) {
                throw new IOException("the bytes of the manifest " + digest + " of " + repository
                        + " are missing; push it again, or delete it by its digest");
            }
            subject = manifest.get().subject().map(Descriptor::digest);
            Digests.mentionedBy(manifest.get(), mentioned -> {
                if (revisions.contains(mentioned) && !mentioned.equals(digest)) {
                    names.add(mentioned);
                }
            });
        }
        return Optional.of(new ManifestFact(
                digest,
                pushedAt.get(),
                uses.pulled(repository, digest),
                uses.untagged(repository, digest),
                List.copyOf(names),
                subject));
    }
}
