/**
 * Images in directories and archives: OCI image layouts, and what {@code docker save} writes.
 *
 * <pre>{@code
 * OciLayout layout = OciLayout.at(directory);
 * layout.add(image, "1.0");
 * layout.image("1.0").pushTo(registry, "team/app", "1.0");
 *
 * ImageArchive.write(tar, image, "team/app:1.0");     // for docker load, skopeo copy oci-archive:…
 * try (ImageArchive archive = ImageArchive.open(tar)) {
 *     archive.image("team/app:1.0").pushTo(registry, "team/app", "1.0");
 * }
 * }</pre>
 *
 * <p>Digests stay what they are, in and out. Archives are read in place and never unpacked, so that nothing in them can name a
 * file of this machine; what is read is held against its digest.
 */
@NullMarked
package dev.berth.registry.image.archive;

import org.jspecify.annotations.NullMarked;
