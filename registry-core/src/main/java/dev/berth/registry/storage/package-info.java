/**
 * The storage SPI: what a registry needs to keep its content, and nothing of what it means.
 *
 * <p>A {@link dev.berth.registry.storage.Storage} is a {@link dev.berth.registry.storage.BlobStore} and a {@link
 * dev.berth.registry.storage.MetadataStore} that start and end together. Whoever writes one runs the contract suites of
 * {@code registry-testkit} against it.
 */
@NullMarked
package dev.berth.registry.storage;

import org.jspecify.annotations.NullMarked;
