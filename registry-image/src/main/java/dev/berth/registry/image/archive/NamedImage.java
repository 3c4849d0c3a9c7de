package dev.berth.registry.image.archive;

import dev.berth.registry.image.Image;
import java.util.Optional;

/**
 * An image of a layout or an archive.
 *
 * @param name a tag such as {@code 1.0}, or a whole name such as {@code team/app:1.0}; empty for one that has none, such as a
 *     referrer
 * @param image the image
 */
public record NamedImage(Optional<String> name, Image image) {}
