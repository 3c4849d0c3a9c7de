/**
 * A storage in a directory, laid out as Docker's registry does it ({@code registry:2}, {@code registry:3}): either opens what
 * the other wrote.
 *
 * <pre>
 * docker/registry/v2/
 *   blobs/sha256/1f/1f0c…/data                                     a blob or a manifest
 *   repositories/library/alpine/
 *     _layers/sha256/1f0c…/link                                    a fact; its value is the file's content
 *     _manifests/tags/3.20/current/link
 *     _uploads/3b1a…/data, startedat                               an upload that has not ended
 * docker/registry/_staging/                                        files on their way to their name
 * </pre>
 */
@NullMarked
package dev.berth.registry.storage.file;

import org.jspecify.annotations.NullMarked;
