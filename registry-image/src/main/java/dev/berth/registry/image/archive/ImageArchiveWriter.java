package dev.berth.registry.image.archive;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.image.ByteSource;
import dev.berth.registry.image.ContentVisitor;
import dev.berth.registry.image.Image;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an archive of several images, in the form that {@link ImageArchive#write} describes: the same images make the same
 * bytes. The archive is there once this has been {@linkplain #close() closed}; where adding an image fails, none is made. For
 * one thread at a time.
 */
public final class ImageArchiveWriter implements Closeable {

    private final Path tar;
    private final Path temporary;
    private final TarArchiveOutputStream out;
    private final Set<Digest> written = new HashSet<>();
    private final LayoutIndex index = new LayoutIndex(List.of());
    private final DockerManifest dockerManifest = new DockerManifest();
    private boolean failed;
    private boolean closed;

    private ImageArchiveWriter(Path tar, Path temporary, TarArchiveOutputStream out) {
        this.tar = tar;
        this.temporary = temporary;
        this.out = out;
    }

    /**
     * Begins an archive.
     *
     * @param tar is replaced at the end, if it is there
     */
    public static ImageArchiveWriter create(Path tar) throws IOException {
        Path directory = tar.toAbsolutePath().resolveSibling(".");
        Path temporary = Files.createTempFile(directory, ".writing", "");
        TarArchiveOutputStream out = new TarArchiveOutputStream(
                new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16), StandardCharsets.UTF_8.name());
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return new ImageArchiveWriter(tar, temporary, out);
    }

    /**
     * Adds an image with all that it refers to.
     *
     * @param names whole names such as {@code team/app:1.0}, or tags
     * @return this
     * @throws IOException if content is missing or not what its digest says
     */
    public ImageArchiveWriter add(Image image, String... names) throws IOException {
        try {
            image.visit(new Writing());
            index.add(image, List.of(names));
            dockerManifest.add(image, List.of(names));
            return this;
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
    }

    private void write(String path, long size, ByteSource content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(size);
        entry.setModTime(0);
        entry.setMode(0644);
        entry.setUserName("");
        entry.setGroupName("");
        out.putArchiveEntry(entry);
        try (InputStream in = content.open()) {
            in.transferTo(out);
        }
        out.closeArchiveEntry();
    }

    private void write(String path, byte[] content) throws IOException {
        write(path, content.length, ByteSource.of(content));
    }

    /** Ends the archive and puts it where it is to be. May be called more than once. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (failed) {
                abandon();
                return;
            }
            write(LayoutSource.INDEX, index.toJson());
            write(LayoutSource.MARKER, LayoutIndex.MARKER);
            if (!dockerManifest.isEmpty()) {
                write(DockerSave.MANIFEST, dockerManifest.toJson());
            }
            out.close();
            Files.move(temporary, tar, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Closing a tar in the middle of an entry is an error that would hide the one that there was. */
    private void abandon() {
        try {
            out.close();
        } catch (IOException e) {
            failed = true;
        }
    }

    /** Writes what has not been written. */
    private final class Writing implements ContentVisitor {

        @Override
        public void blob(Descriptor descriptor, ByteSource content) throws IOException {
            if (written.add(descriptor.digest())) {
                write(ArchiveFiles.blob(descriptor.digest()), descriptor.size(), content.verified(descriptor));
            }
        }

        @Override
        public void manifest(Image image) throws IOException {
            if (written.add(image.digest())) {
                write(ArchiveFiles.blob(image.digest()), Bytes.of(image.manifest()));
            }
        }
    }
}
