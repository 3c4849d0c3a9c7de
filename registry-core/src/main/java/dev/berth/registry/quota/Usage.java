package dev.berth.registry.quota;

/**
 * How much repositories hold.
 *
 * @param bytes of blobs, manifests and unfinished uploads; what several of them have is counted once
 * @param tags how many tags
 * @param manifests how many manifests; one that two repositories have is counted twice
 * @param uploads how many upload sessions are open
 */
public record Usage(long bytes, long tags, long manifests, long uploads) {}
