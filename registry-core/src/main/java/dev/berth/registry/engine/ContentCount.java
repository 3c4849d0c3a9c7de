package dev.berth.registry.engine;

/**
 * What is in a storage.
 *
 * @param blobs how many blobs and manifests
 * @param bytes how many bytes they have
 * @param uploads how many upload sessions have not ended
 */
public record ContentCount(long blobs, long bytes, long uploads) {}
