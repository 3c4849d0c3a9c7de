package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;

/**
 * The keys under which the registry's facts are kept: the paths of Docker's registry, so that either opens what the other
 * wrote, and beside them, where the other does not look, what only this one knows. What each pull asks for is put together in
 * one step.
 */
final class Keys {

    static final String REPOSITORIES = "repositories";

    /** Since when, and until when, it has been noted what is used. Not known to Docker's registry. */
    static final String USES_NOTED = "uses/noted";

    private Keys() {}

    static String repository(RepositoryName repository) {
        return REPOSITORIES + "/" + repository;
    }

    /** Says that a blob belongs to a repository. The value is the digest that the bytes are kept by. */
    static String layer(RepositoryName repository, Digest digest) {
        return REPOSITORIES + "/" + repository.value() + "/_layers/"
                + digest.algorithm().id() + "/" + digest.hex() + "/link";
    }

    /** Says that a manifest belongs to a repository. */
    static String revision(RepositoryName repository, Digest digest) {
        return REPOSITORIES + "/" + repository.value() + "/_manifests/revisions/"
                + digest.algorithm().id() + "/" + digest.hex() + "/link";
    }

    /** Above the links to blobs, algorithm by algorithm. */
    static String layers(RepositoryName repository) {
        return repository(repository) + "/_layers";
    }

    /** Above the revisions of manifests, algorithm by algorithm. */
    static String revisions(RepositoryName repository) {
        return repository(repository) + "/_manifests/revisions";
    }

    static String revisions(RepositoryName repository, DigestAlgorithm algorithm) {
        return repository(repository) + "/_manifests/revisions/" + algorithm.id();
    }

    /** The type that a manifest was pushed as, kept only where its bytes do not tell. Not known to Docker's registry. */
    static String revisionType(RepositoryName repository, Digest digest) {
        return revisions(repository, digest.algorithm()) + "/" + digest.hex() + "/mediatype";
    }

    static String tags(RepositoryName repository) {
        return repository(repository) + "/_manifests/tags";
    }

    /** The manifest that a tag points to. */
    static String tagCurrent(RepositoryName repository, Tag tag) {
        return REPOSITORIES + "/" + repository.value() + "/_manifests/tags/" + tag.value() + "/current/link";
    }

    /** Says that a tag points to a manifest or once did. */
    static String tagIndex(RepositoryName repository, Tag tag, Digest digest) {
        return tagIndex(repository, tag, digest.algorithm()) + "/" + digest.hex() + "/link";
    }

    static String tagIndex(RepositoryName repository, Tag tag, DigestAlgorithm algorithm) {
        return tags(repository) + "/" + tag + "/index/" + algorithm.id();
    }

    /** What became of a tag, one fact for each change. Stays when the tag goes. Not known to Docker's registry. */
    static String tagHistory(RepositoryName repository, Tag tag) {
        return repository(repository) + "/_history/" + tag;
    }

    /** When a tag was last pulled. Goes with the tag. Not known to Docker's registry. */
    static String tagPulled(RepositoryName repository, Tag tag) {
        return repository(repository) + "/_uses/tags/" + tag;
    }

    /** When a manifest was last pulled. Goes with the manifest. Not known to Docker's registry. */
    static String manifestPulled(RepositoryName repository, Digest digest) {
        return repository(repository) + "/_uses/manifests/" + path(digest);
    }

    /** When a manifest last lost a tag. Goes with the manifest. Not known to Docker's registry. */
    static String untagged(RepositoryName repository, Digest digest) {
        return repository(repository) + "/_uses/untagged/" + path(digest);
    }

    /** Says that a manifest has a subject. The value is its artifact type. Not known to Docker's registry. */
    static String referrer(RepositoryName repository, Digest subject, Digest referrer) {
        return referrers(repository, subject, referrer.algorithm()) + "/" + referrer.hex() + "/type";
    }

    static String referrers(RepositoryName repository, Digest subject, DigestAlgorithm algorithm) {
        return repository(repository) + "/_referrers/" + path(subject) + "/" + algorithm.id();
    }

    /** Which manifests had been looked at when the referrers of a repository were last put together. */
    static String referrersState(RepositoryName repository) {
        return repository(repository) + "/_referrers/state";
    }

    private static String path(Digest digest) {
        return digest.algorithm().id() + "/" + digest.hex();
    }
}
