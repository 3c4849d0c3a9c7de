package dev.berth.benchmarks.load;

import dev.berth.benchmarks.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes what Docker's registry would have written, straight into its directory and without waiting for the disk, so that a registry
 * with very much in it is there in a minute or two. Safe for use by several threads.
 */
public final class LayoutWriter {

    private final Path top;
    private final Set<Path> made = ConcurrentHashMap.newKeySet();

    /** Writes into {@code root}. */
    public LayoutWriter(Path root) {
        this.top = root.resolve("docker/registry/v2");
    }

    /** A blob that a repository has; gives its digest. */
    public String blob(String repository, byte[] content) throws IOException {
        String hex = bytes(content);
        link(repository(repository).resolve("_layers/sha256"), hex, hex);
        return "sha256:" + hex;
    }

    /** A manifest that a repository has; gives its digest. */
    public String manifest(String repository, byte[] content) throws IOException {
        String hex = bytes(content);
        link(repository(repository).resolve("_manifests/revisions/sha256"), hex, hex);
        return "sha256:" + hex;
    }

    /** A repository that has one manifest that is there already, and that Docker's registry sees as one too. */
    public void repository(String repository, String digest) throws IOException {
        Files.createDirectories(repository(repository).resolve("_layers"));
        Path revisions = Files.createDirectories(repository(repository).resolve("_manifests/revisions/sha256"));
        String hex = digest.substring("sha256:".length());
        link(revisions, hex, hex);
    }

    /** A tag that leads to a manifest. */
    public void tag(String repository, String tag, String digest) throws IOException {
        Path tags = directory(repository(repository).resolve("_manifests/tags"));
        Path directory = Files.createDirectory(tags.resolve(tag));
        link(directory, "current", digest.substring("sha256:".length()));
    }

    private String bytes(byte[] content) throws IOException {
        String hex = Hashes.sha256(content);
        Path directory =
                directory(top.resolve("blobs/sha256/" + hex.substring(0, 2))).resolve(hex);
        if (!Files.exists(directory)) {
            Files.write(Files.createDirectory(directory).resolve("data"), content);
        }
        return hex;
    }

    private void link(Path parent, String name, String hex) throws IOException {
        Path directory = Files.createDirectory(directory(parent).resolve(name));
        Files.write(directory.resolve("link"), ("sha256:" + hex).getBytes(StandardCharsets.US_ASCII));
    }

    private Path repository(String repository) {
        return top.resolve("repositories").resolve(repository);
    }

    /** Made once: to look each time would cost as much as to write. */
    private Path directory(Path directory) throws IOException {
        if (!made.contains(directory)) {
            Files.createDirectories(directory);
            made.add(directory);
        }
        return directory;
    }
}
