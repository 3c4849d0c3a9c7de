package dev.berth.registry.storage.file;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.MetadataKey;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where everything is. Names, digests and upload ids hold their grammar themselves and keys are checked here, so no path
 * leads out of the root.
 *
 * @param root the directory that the user has named
 * @param top the directory below which Docker's registry keeps all it knows
 * @param topFile the same
 */
record FileLayout(Path root, Path top, File topFile) {

    static FileLayout of(Path root) {
        Path top = root.resolve("docker/registry/v2");
        return new FileLayout(root, top, top.toFile());
    }

    /** Beside what Docker's registry looks at, and on the same device as all that is in it. */
    Path staging() {
        return top.resolveSibling("_staging");
    }

    /** The file that is locked by whoever writes. */
    Path lock() {
        return top.resolveSibling("_lock");
    }

    /** Where damaged blobs go. */
    Path quarantine() {
        return top.resolveSibling("_quarantine");
    }

    Path blobs() {
        return top.resolve("blobs");
    }

    Path repositories() {
        return top.resolve("repositories");
    }

    /** @throws IllegalArgumentException if {@code key} is not a key */
    Path fact(String key) {
        return top.resolve(MetadataKey.check(key));
    }

    /** The same for those who ask the system for it and for nothing else: most of a {@link Path} is work for others. */
    File factFile(String key) {
        return new File(topFile, MetadataKey.check(key));
    }

    /** The directory that a file or a directory of this layout is in. */
    static Path directoryOf(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    /** The directory of a parent's children. */
    Path parent(String parent) {
        return parent.isEmpty() ? top : fact(parent);
    }

    File parentFile(String parent) {
        return parent.isEmpty() ? topFile : factFile(parent);
    }

    Path blob(Digest digest) {
        String hex = digest.hex();
        return top.resolve("blobs/" + digest.algorithm().id() + "/" + hex.substring(0, 2) + "/" + hex + "/data");
    }

    UploadDirectory upload(RepositoryName repository, UploadId id) {
        return new UploadDirectory(top.resolve("repositories/" + repository + "/_uploads/" + id));
    }
}
