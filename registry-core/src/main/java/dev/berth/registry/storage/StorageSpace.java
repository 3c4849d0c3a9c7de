package dev.berth.registry.storage;

/**
 * How much room a storage has.
 *
 * @param total of how many bytes the place is that it is in, whoever else has something there
 * @param usable how many more bytes it can take
 */
public record StorageSpace(long total, long usable) {}
