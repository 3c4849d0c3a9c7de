package dev.berth.registry.storage.file;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.UploadRefusal;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploads that somebody works on, and who. They are known here from their first request to their end; where many are
 * abandoned, those that have rested longest are forgotten, and found on disk again.
 */
final class UploadSessions {

    private static final Logger LOG = LoggerFactory.getLogger(UploadSessions.class);

    private static final int REMEMBERED = 1000;

    /** More would only wait for each other at the disk. */
    private static final int FORCES = 4;

    private final Directories directories;
    private final BlobFiles blobs;
    private final SpareThreads forceThreads = new SpareThreads("berth-force", FORCES);
    private final HashThreads hashThreads = HashThreads.here();
    private final Map<UploadDirectory, UploadSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    UploadSessions(Directories directories, BlobFiles blobs) {
        this.directories = directories;
        this.blobs = blobs;
    }

    UploadSession begin(UploadDirectory directory, DigestAlgorithm algorithm, Instant startedAt) throws IOException {
        UploadSession session = session(directory, UploadDirectory.stored(startedAt), algorithm, 0);
        directory.create(directories, session.startedAt());
        synchronized (sessions) {
            sessions.put(directory, session);
            forgetIdle();
        }
        return session;
    }

    /** The session, if it is on disk; to be looked at only. */
    Optional<UploadSession> find(UploadDirectory directory) throws IOException {
        if (!directory.exists()) {
            forget(directory);
            return Optional.empty();
        }
        UploadSession known;
        synchronized (sessions) {
            known = sessions.get(directory);
        }
        return known != null ? Optional.of(known) : load(directory);
    }

    /**
     * The session, for the caller alone until it is released or ended.
     *
     * @throws dev.berth.registry.RegistryException if it has ended, or somebody else has claimed it
     */
    UploadSession claim(UploadDirectory directory, UploadId id) throws IOException {
        if (!directory.exists()) {
            forget(directory);
            throw UploadRefusal.ended(id);
        }
        synchronized (sessions) {
            UploadSession session = sessions.get(directory);
            if (session == null) {
                // Found on disk with the lock held, so that it is as long there as nobody else can change it.
                session = load(directory).orElseThrow(() -> UploadRefusal.ended(id));
                sessions.put(directory, session);
            }
            if (session.claimed()) {
                throw UploadRefusal.busy(id);
            }
            session.claimed(true);
            forgetIdle();
            return session;
        }
    }

    void release(UploadSession session) {
        synchronized (sessions) {
            session.claimed(false);
        }
    }

    /** Ends a session, whoever has claimed it, and removes it from disk. */
    void end(UploadDirectory directory) throws IOException {
        directory.remove();
        forget(directory);
    }

    /** Ends a session that has rested since {@code limit}, as {@link #end} does, unless somebody has claimed it. */
    boolean expire(UploadDirectory directory, Instant limit) throws IOException {
        synchronized (sessions) {
            UploadSession session = sessions.get(directory);
            Optional<Instant> changedAt = directory.changedAt();
            if ((session != null && session.claimed())
                    || changedAt.isEmpty()
                    || changedAt.get().isAfter(limit)) {
                return false;
            }
            // With the lock held, so that nobody claims it meanwhile.
            end(directory);
            return true;
        }
    }

    /** Forgets all sessions, which stay on disk, and lets the threads end. */
    void close() {
        forceThreads.close();
        hashThreads.close();
        synchronized (sessions) {
            sessions.clear();
        }
    }

    private void forget(UploadDirectory directory) {
        synchronized (sessions) {
            UploadSession session = sessions.remove(directory);
            if (session != null) {
                session.end();
            }
        }
    }

    /** Nobody knows what algorithm the upload of another process will be committed with: the usual one, then. */
    private Optional<UploadSession> load(UploadDirectory directory) throws IOException {
        try {
            long size = Files.size(directory.data());
            return Optional.of(session(directory, directory.startedAt(), DigestAlgorithm.SHA256, size));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private UploadSession session(UploadDirectory directory, Instant startedAt, DigestAlgorithm algorithm, long size) {
        long step = blobs.durable() ? EarlyForce.STEP : EarlyForce.NEVER;
        EarlyForce early = new EarlyForce(directory.data(), forceThreads, data -> force(directory), step);
        return new UploadSession(directory, startedAt, algorithm, size, early, hashThreads);
    }

    private void force(UploadDirectory directory) throws IOException {
        try {
            blobs.force(directory.data());
        } catch (NoSuchFileException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            LOG.error("The disk did not take data of the upload in {}, which is ended", directory.path(), e);
            end(directory);
            throw e;
        }
    }

    private void forgetIdle() {
        Iterator<UploadSession> eldest = sessions.values().iterator();
        while (sessions.size() > REMEMBERED && eldest.hasNext()) {
            if (!eldest.next().claimed()) {
                eldest.remove();
            }
        }
    }
}
