package dev.berth.registry.image.archive;

import dev.berth.registry.image.Image;
import dev.berth.registry.image.NamedImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A tar of images: an OCI image layout, what {@code docker save} writes, or both at once, as Docker does since its version 25.
 * It is read in place, so that it has to stay as it is, and this open, for as long as its images are in use. Where there is a
 * layout in it, digests are those with which the images were pulled; the older form of Docker keeps layers without their
 * compression, and no manifests: an image of it gets a manifest of Docker's format, always the same one.
 *
 * <p>Safe for use by several threads.
 */
public final class ImageArchive implements Closeable {

    private final Path tar;
    private final TarFiles files;
    private final LayoutSource layout;
    private final DockerSave dockerSave;
    private final boolean isLayout;

    private ImageArchive(Path tar, TarFiles files) throws IOException {
        this.tar = tar;
        this.files = files;
        layout = new LayoutSource(files);
        isLayout = layout.isLayout();
        dockerSave = DockerSave.read(files);
        if (!isLayout && !dockerSave.isThere()) {
            throw new IOException(tar + " is no archive of images: it has neither " + LayoutSource.MARKER + " nor "
                    + DockerSave.MANIFEST);
        }
    }

    /**
     * Opens an archive.
     *
     * @throws IOException if it is no tar, is compressed, has more than 200,000 entries or one that leads out of it, or has no
     *     images of a form that is known
     */
    public static ImageArchive open(Path tar) throws IOException {
        TarFiles files = TarFiles.open(tar);
        try {
            return new ImageArchive(tar, files);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /**
     * Writes an archive of one image, which is both a layout and what {@code docker load} reads, as far as that knows it: Docker
     * before 25 passes over indexes and artifacts.
     *
     * @param tar is replaced if it is there
     * @param names whole names such as {@code team/app:1.0}, or tags, which Docker passes over
     */
    public static void write(Path tar, Image image, String... names) throws IOException {
        try (ImageArchiveWriter writer = ImageArchiveWriter.create(tar)) {
            writer.add(image, names);
        }
    }

    /** All images, in order. */
    public List<NamedImage> images() throws IOException {
        return isLayout ? layout.images() : dockerSave.images();
    }

    /** An image by its whole name or tag, or empty if there is none. */
    public Optional<Image> find(String name) throws IOException {
        Optional<Image> found = isLayout ? layout.find(name) : Optional.empty();
        return found.isPresent() ? found : dockerSave.find(name);
    }

    /**
     * An image by its whole name or tag.
     *
     * @throws NoSuchElementException naming those that there are, if there is none
     */
    public Image image(String name) throws IOException {
        Optional<Image> found = find(name);
        return found.orElseThrow(Names.missing(name, tar, isLayout ? Names.of(layout) : dockerSave.names()));
    }

    /** Closes the tar; its images can no longer be read. */
    @Override
    public void close() throws IOException {
        files.close();
    }

    @Override
    public String toString() {
        return "ImageArchive[" + tar + "]";
    }
}
