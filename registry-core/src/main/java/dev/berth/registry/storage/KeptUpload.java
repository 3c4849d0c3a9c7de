package dev.berth.registry.storage;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.time.Instant;

/**
 * An upload session that has not ended, as its store sees it.
 *
 * @param repository where clients know the session
 * @param id what they know it by
 * @param size how many bytes have been received
 * @param changedAt when it began or bytes last came, by the store's clock
 */
public record KeptUpload(RepositoryName repository, UploadId id, long size, Instant changedAt) {}
