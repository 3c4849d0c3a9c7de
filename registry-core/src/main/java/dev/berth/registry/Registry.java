package dev.berth.registry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A container registry: repositories of blobs, manifests and tags. This is what everything else in this project either
 * offers to somebody or is built from; the methods are the endpoints of the OCI Distribution Specification without HTTP.
 *
 * <p>Absence is a value: look-ups answer with an empty {@code Optional}, deletes with {@code false}. A refusal is a {@link
 * RegistryException}. An {@link IOException} is trouble below. Implementations are safe for use by several threads, and a
 * method that has returned has taken effect for all of them.
 */
public interface Registry {

    /** Looks a blob up in a repository. */
    Optional<Blob> blob(RepositoryName repository, Digest digest) throws IOException;

    /** Takes a blob out of a repository; other repositories keep theirs. Returns whether it was there. */
    boolean deleteBlob(RepositoryName repository, Digest digest) throws IOException;

    /**
     * Puts a blob that the registry has into a repository, without its being sent again.
     *
     * @param from where the blob is, or empty for wherever the registry has it
     * @return the blob, or empty if it is not there: it has to be uploaded then
     */
    Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException;

    /**
     * Begins an upload session.
     *
     * @param algorithm the algorithm of the digest that the upload will most likely end with; ending it with another one
     *     works, and takes longer
     */
    BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException;

    /** Finds an upload session that has not ended. */
    Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) throws IOException;

    /** Looks a manifest up by tag or digest. */
    Optional<Manifest> manifest(RepositoryName repository, Reference reference) throws IOException;

    /**
     * Stores a manifest and moves tags to it. The manifest is there before the first tag points to it.
     *
     * @param tags may be none: the manifest is then reached by digest alone
     * @throws RegistryException {@link ErrorCode#MANIFEST_BLOB_UNKNOWN} if it refers to content that the repository lacks
     */
    default void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags) throws IOException {
        putManifest(repository, manifest, tags, TagWatch.none());
    }

    /**
     * Stores a manifest and moves tags to it, if {@code watch} lets all of them be moved.
     *
     * @param tags may be none: the manifest is then reached by digest alone
     * @throws RegistryException {@link ErrorCode#MANIFEST_BLOB_UNKNOWN} if it refers to content that the repository lacks;
     *     what {@code watch} refuses with
     */
    void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch) throws IOException;

    /** Deletes a manifest and the tags that point to it. Returns whether it was there. */
    default boolean deleteManifest(RepositoryName repository, Digest digest) throws IOException {
        return deleteManifest(repository, digest, TagWatch.none());
    }

    /**
     * Deletes a manifest and the tags that point to it, if {@code watch} lets all of them go. Returns whether it was there.
     *
     * @throws RegistryException what {@code watch} refuses with
     */
    boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException;

    /** Deletes a tag; the manifest stays. Returns whether it was there. */
    default boolean deleteTag(RepositoryName repository, Tag tag) throws IOException {
        return deleteTag(repository, tag, TagWatch.none());
    }

    /**
     * Deletes a tag, if {@code watch} lets it go; the manifest stays. Returns whether it was there.
     *
     * @throws RegistryException what {@code watch} refuses with
     */
    boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException;

    /**
     * Lists the repositories that hold a manifest, in order of name.
     *
     * @param after only names behind this one, which need not exist; empty for the first page
     * @param limit the most names to return, at least 1
     */
    Page<RepositoryName> repositories(Optional<String> after, int limit) throws IOException;

    /**
     * Lists the tags of a repository in order, or returns empty if there is no such repository.
     *
     * @param after only tags behind this one, which need not exist; empty for the first page
     * @param limit the most tags to return, at least 1
     */
    Optional<Page<Tag>> tags(RepositoryName repository, Optional<String> after, int limit) throws IOException;

    /**
     * Lists the manifests whose subject is {@code subject}, in order of digest, with artifact type and annotations. No such
     * subject, and no such repository, is an empty list (OCI Distribution Specification, "Listing Referrers").
     *
     * @param artifactType only manifests of this artifact type
     * @param after only manifests behind this one; empty for the first page
     * @param limit the most descriptors to return, at least 1
     */
    Page<Descriptor> referrers(
            RepositoryName repository, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit)
            throws IOException;
}
