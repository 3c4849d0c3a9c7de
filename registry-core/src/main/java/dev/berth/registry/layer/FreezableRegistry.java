package dev.berth.registry.layer;

import dev.berth.registry.Blob;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.BlobWriter;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A registry that can be made read-only while it serves, and let go again: for maintenance, for a backup, for a test. Pulls go
 * on. Whoever changes something is refused with {@link ErrorCode#UNSUPPORTED}, as by Docker's registry when it is read-only, and
 * told why. A push that is on its way is told at its next request; its upload session stays, and goes on after the thaw. Safe for
 * use by several threads.
 */
public final class FreezableRegistry extends ForwardingRegistry {

    private static final String USUAL = "it is being looked after";

    /** Changes hold the one side, so that whoever has the other knows that none goes on. */
    private final ReadWriteLock changes = new ReentrantReadWriteLock();

    private volatile Optional<String> frozen = Optional.empty();

    /** A layer around {@code next}, which lets everything through for now. */
    public FreezableRegistry(Registry next) {
        super(next);
    }

    /** Refuses every change from now on. Those that have begun within the registry come to their end. */
    public void freeze() {
        freeze(USUAL);
    }

    /**
     * Refuses every change from now on. Those that have begun within the registry come to their end.
     *
     * @param why what clients are told, such as {@code a backup is being made}
     */
    public void freeze(String why) {
        frozen = Optional.of(why);
    }

    /** Lets changes through again. */
    public void thaw() {
        frozen = Optional.empty();
    }

    /** Whether changes are refused. */
    public boolean isFrozen() {
        return frozen.isPresent();
    }

    /**
     * Waits, after {@link #freeze()}, until the changes that had begun have come to their end: then what can be pulled is as it will
     * be until the thaw. Bytes of unfinished uploads may still come.
     *
     * @return whether that was so before the time was over
     * @throws InterruptedException if this thread is interrupted first
     */
    public boolean awaitRest(Duration time) throws InterruptedException {
        boolean rest = changes.writeLock().tryLock(time.toNanos(), TimeUnit.NANOSECONDS);
        if (rest) {
            changes.writeLock().unlock();
        }
        return rest;
    }

    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T change(Change<T> change) throws IOException {
        changes.readLock().lock();
        try {
            frozen.ifPresent(why -> {
                throw new RegistryException(
                        ErrorCode.UNSUPPORTED,
                        "this registry is read-only for now: " + why
                                + "; it can be pulled from, and pushed to later. What has come of an upload stays");
            });
            return change.make();
        } finally {
            changes.readLock().unlock();
        }
    }

    @Override
    public boolean deleteBlob(RepositoryName repository, Digest digest) throws IOException {
        return change(() -> super.deleteBlob(repository, digest));
    }

    @Override
    public Optional<Blob> mountBlob(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
            throws IOException {
        return change(() -> super.mountBlob(repository, digest, from));
    }

    @Override
    public BlobUpload beginUpload(RepositoryName repository, DigestAlgorithm algorithm) throws IOException {
        return change(() -> new FreezableUpload(super.beginUpload(repository, algorithm)));
    }

    /** Where an upload stands can be asked at any time. */
    @Override
    public Optional<BlobUpload> resumeUpload(RepositoryName repository, UploadId id) throws IOException {
        return super.resumeUpload(repository, id).map(FreezableUpload::new);
    }

    @Override
    public void putManifest(RepositoryName repository, Manifest manifest, List<Tag> tags, TagWatch watch)
            throws IOException {
        change(() -> {
            super.putManifest(repository, manifest, tags, watch);
            return true;
        });
    }

    @Override
    public boolean deleteManifest(RepositoryName repository, Digest digest, TagWatch watch) throws IOException {
        return change(() -> super.deleteManifest(repository, digest, watch));
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, TagWatch watch) throws IOException {
        return change(() -> super.deleteTag(repository, tag, watch));
    }

    private final class FreezableUpload extends ForwardingUpload {

        FreezableUpload(BlobUpload next) {
            super(next);
        }

        @Override
        public BlobWriter append(OptionalLong announced) throws IOException {
            return change(() -> super.append(announced));
        }

        @Override
        public Descriptor commit(Digest expected) throws IOException {
            return change(() -> super.commit(expected));
        }

        @Override
        public void cancel() throws IOException {
            change(() -> {
                super.cancel();
                return true;
            });
        }
    }
}
