package dev.berth.registry.engine;

/**
 * How useful a cache is. Counts begin with the process.
 *
 * @param requests how often something was looked for in it
 * @param hits how often it was there
 */
public record CacheStatistics(long requests, long hits) {}
