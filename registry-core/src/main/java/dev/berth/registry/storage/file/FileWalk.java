package dev.berth.registry.storage.file;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.KeptBlob;
import dev.berth.registry.storage.KeptUpload;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Walks over what is in a layout, one directory's names in memory at a time. What is in no such place is passed over. */
final class FileWalk {

    private FileWalk() {}

    static void blobs(FileLayout layout, Visitor<KeptBlob> visitor) throws IOException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            Path blobs = layout.blobs().resolve(algorithm.id());
            for (String prefix : Listings.read(blobs.toFile())) {
                for (String hex : Listings.read(blobs.resolve(prefix).toFile())) {
                    Optional<KeptBlob> blob = blob(layout, algorithm, prefix, hex);
                    if (blob.isPresent()) {
                        visitor.visit(blob.get());
                    }
                }
            }
        }
    }

    private static Optional<KeptBlob> blob(FileLayout layout, DigestAlgorithm algorithm, String prefix, String hex)
            throws IOException {
        if (!hex.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            Digest digest = new Digest(algorithm, hex);
            BasicFileAttributes file = Files.readAttributes(layout.blob(digest), BasicFileAttributes.class);
            return file.isRegularFile()
                    ? Optional.of(new KeptBlob(
                            digest, file.size(), file.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (RegistryException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static void uploads(FileLayout layout, Visitor<KeptUpload> visitor) throws IOException {
        for (String name : Listings.read(layout.repositories().toFile())) {
            uploads(layout, name, visitor);
        }
    }

    private static void uploads(FileLayout layout, String name, Visitor<KeptUpload> visitor) throws IOException {
        for (String child : Listings.read(layout.repositories().resolve(name).toFile())) {
            if (child.equals("_uploads")) {
                uploadsOf(layout, name, visitor);
            } else if (!child.startsWith("_")) {
                uploads(layout, name + "/" + child, visitor);
            }
        }
    }

    private static void uploadsOf(FileLayout layout, String name, Visitor<KeptUpload> visitor) throws IOException {
        Path uploads = layout.repositories().resolve(name).resolve("_uploads");
        for (String id : Listings.read(uploads.toFile())) {
            Optional<KeptUpload> upload = upload(layout, name, id);
            if (upload.isPresent()) {
                visitor.visit(upload.get());
            }
        }
    }

    private static Optional<KeptUpload> upload(FileLayout layout, String name, String id) throws IOException {
        try {
            RepositoryName repository = new RepositoryName(name);
            UploadId uploadId = new UploadId(id);
            UploadDirectory directory = layout.upload(repository, uploadId);
            long size = directory.data().toFile().length();
            return directory.changedAt().map(changedAt -> new KeptUpload(repository, uploadId, size, changedAt));
        } catch (RegistryException | NotDirectoryException e) {
            return Optional.empty();
        }
    }
}
