package dev.berth.benchmarks.load;

import dev.berth.benchmarks.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes what Docker's registry would have written, straight into its directory and without waiting for the disk, so that a registry
 * with very much in it is there in a minute or two. Safe for use by several threads, but not for the same thing.
 */
public final class LayoutWriter {

    private static final String PREFIX = "sha256:";

    private final Path top;
    private final Optional<FileTime> written;
    private final Set<Path> made = ConcurrentHashMap.newKeySet();

    /** Writes into {@code root}. */
    public LayoutWriter(Path root) {
        this(root, Optional.empty());
    }

    /** Writes into {@code root} what looks as if it had been written at {@code time}. */
    public LayoutWriter(Path root, Instant time) {
        this(root, Optional.of(FileTime.from(time)));
    }

    private LayoutWriter(Path root, Optional<FileTime> written) {
        this.top = root.resolve("docker/registry/v2");
        this.written = written;
    }

    /** A blob that a repository has; gives its digest. */
    public String blob(String repository, byte[] content) throws IOException {
        String hex = bytes(content);
        link(directory(repository(repository).resolve("_layers/sha256")), hex, hex);
        return PREFIX + hex;
    }

    /** A manifest that a repository has; gives its digest. */
    public String manifest(String repository, byte[] content) throws IOException {
        String hex = bytes(content);
        link(directory(repository(repository).resolve("_manifests/revisions/sha256")), hex, hex);
        return PREFIX + hex;
    }

    /** A repository that has one manifest, whose bytes are there already, and that Docker's registry lists too. */
    public void repository(String repository, String digest) throws IOException {
        Files.createDirectories(repository(repository).resolve("_layers"));
        Path revisions = Files.createDirectories(repository(repository).resolve("_manifests/revisions/sha256"));
        String hex = hex(digest);
        link(revisions, hex, hex);
    }

    /** A tag that leads to a manifest. */
    public void tag(String repository, String tag, String digest) throws IOException {
        tagAlone(repository, tag, digest);
        String hex = hex(digest);
        link(Files.createDirectories(tags(repository).resolve(tag).resolve("index/sha256")), hex, hex);
    }

    /** A tag without the note of what it has led to, which nobody needs who lists tags or follows them, and takes four files. */
    public void tagAlone(String repository, String tag, String digest) throws IOException {
        link(Files.createDirectory(tags(repository).resolve(tag)), "current", hex(digest));
    }

    private String bytes(byte[] content) throws IOException {
        String hex = Hashes.sha256(content);
        Path directory =
                directory(top.resolve("blobs/sha256/" + hex.substring(0, 2))).resolve(hex);
        if (!Files.exists(directory)) {
            file(Files.createDirectory(directory).resolve("data"), content);
        }
        return hex;
    }

    private void link(Path parent, String name, String hex) throws IOException {
        Path directory = Files.createDirectory(parent.resolve(name));
        file(directory.resolve("link"), (PREFIX + hex).getBytes(StandardCharsets.US_ASCII));
    }

    private void file(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        if (written.isPresent()) {
            Files.setLastModifiedTime(file, written.get());
        }
    }

    private Path repository(String repository) {
        return top.resolve("repositories").resolve(repository);
    }

    private Path tags(String repository) throws IOException {
        return directory(repository(repository).resolve("_manifests/tags"));
    }

    private static String hex(String digest) {
        return digest.substring(PREFIX.length());
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
