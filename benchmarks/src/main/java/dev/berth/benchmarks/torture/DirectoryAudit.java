package dev.berth.benchmarks.torture;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a directory that no registry has open: every blob is hashed, every link followed. Knows nothing of Berth's own code for it. */
final class DirectoryAudit {

    private final Oracle oracle;
    private final Path top;

    DirectoryAudit(Oracle oracle, Path directory) {
        this.oracle = oracle;
        this.top = directory.resolve("docker/registry/v2");
    }

    /** How many blobs no link leads to; others may go on meanwhile. */
    long garbage() throws IOException {
        Set<String> linked = new HashSet<>();
        Set<String> blobs = new HashSet<>();
        for (Path file : files()) {
            String path = top.relativize(file).toString();
            if (path.startsWith("blobs/")) {
                blobs.add(path.split("/")[3]);
            } else if (path.endsWith("/link")) {
                linked.add(path.split("/")[path.split("/").length - 2]);
            }
        }
        blobs.removeAll(linked);
        return blobs.size();
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return passedOver(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : passedOver(failure);
            }
        });
        return files;
    }

    /** What was removed while it was looked at is not there. */
    private static FileVisitResult passedOver(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    void run() throws IOException {
        for (Path file : files()) {
            String path = top.relativize(file).toString();
            if (path.startsWith("blobs/")) {
                blob(file, path);
            } else if (path.endsWith("/link")) {
                link(file, path);
            }
        }
    }

    private void blob(Path file, String path) throws IOException {
        String[] segments = path.split("/");
        Digest digest = new Digest(algorithm(segments[1]), segments[3]);
        Digest actual = digest.algorithm().digest(Files.readAllBytes(file));
        oracle.count("blobs on disk hashed");
        if (!actual.equals(digest) || segments.length != 5) {
            oracle.violation(path + " holds " + actual);
        }
    }

    private void link(Path file, String path) throws IOException {
        oracle.count("links on disk followed");
        Digest target;
        try {
            target = Digest.parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (RegistryException e) {
            oracle.violation("the link " + path + " is damaged: " + e.getMessage());
            return;
        }
        if (path.contains("/index/")) {
            // What a tag once pointed to may be gone.
            return;
        }
        Path data = top.resolve(
                "blobs/" + target.algorithm().id() + "/" + target.hex().substring(0, 2) + "/" + target.hex() + "/data");
        if (!Files.isRegularFile(data)) {
            oracle.violation("the link " + path + " leads nowhere");
        }
        int tags = path.indexOf("/_manifests/tags/");
        if (tags > 0) {
            Path revision = top.resolve(path.substring(0, tags) + "/_manifests/revisions/"
                    + target.algorithm().id() + "/" + target.hex() + "/link");
            if (!Files.isRegularFile(revision)) {
                oracle.violation("the tag " + path + " points to what its repository does not have");
            }
        }
    }

    private static DigestAlgorithm algorithm(String id) {
        return DigestAlgorithm.valueOf(id.toUpperCase(java.util.Locale.ROOT));
    }
}
