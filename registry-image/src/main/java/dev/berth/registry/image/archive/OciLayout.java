package dev.berth.registry.image.archive;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Registry;
import dev.berth.registry.image.ByteSource;
import dev.berth.registry.image.ContentVisitor;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.NamedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A directory of images (OCI Image Specification, "Image Layout"), such as {@code skopeo copy … oci:directory:tag} and {@code
 * docker buildx build -o type=oci,tar=false} write.
 *
 * <p>Safe for use by several threads that read; only one at a time may write.
 */
public final class OciLayout {

    private final Path directory;
    private final LayoutSource source;

    private OciLayout(Path directory) {
        this.directory = directory;
        source = new LayoutSource(new DirectoryFiles(directory));
    }

    /** The layout in a directory, which need not exist before the first image is added. */
    public static OciLayout at(Path directory) {
        return new OciLayout(directory);
    }

    /**
     * Adds an image with all that it refers to; content that is there already is not written again.
     *
     * @param names tags, or whole names such as {@code team/app:1.0}; one that another image has goes over to this one
     * @return this
     * @throws IOException if the directory cannot be written to, or content is missing or not what its digest says
     */
    public OciLayout add(Image image, String... names) throws IOException {
        Files.createDirectories(directory);
        if (!source.isLayout()) {
            write(LayoutSource.MARKER, ByteSource.of(LayoutIndex.MARKER));
        }
        LayoutIndex index = new LayoutIndex(source.entries());
        image.visit(new Writing());
        index.add(image, List.of(names));
        write(LayoutSource.INDEX, ByteSource.of(index.toJson()));
        return this;
    }

    /**
     * Adds all that a repository has: every tag, and the referrers of what the tags point to, without names.
     *
     * @return this
     * @throws IOException as {@link #add}
     */
    public OciLayout addAll(Registry registry, String repository) throws IOException {
        for (NamedImage found : NamedImage.all(registry, repository)) {
            add(found.image(), found.name().stream().toArray(String[]::new));
        }
        return this;
    }

    /** All images that are listed, in order. */
    public List<NamedImage> images() throws IOException {
        return source.images();
    }

    /** An image by its tag or whole name, or empty if there is none. */
    public Optional<Image> find(String name) throws IOException {
        return source.find(name);
    }

    /**
     * An image by its tag or whole name.
     *
     * @throws NoSuchElementException naming those that there are, if there is none
     */
    public Image image(String name) throws IOException {
        Optional<Image> found = find(name);
        return found.orElseThrow(Names.missing(name, directory, Names.of(source)));
    }

    /**
     * Pushes all images: those with a tag under it, those with a whole name under its tag, those without by their digest.
     *
     * @throws IOException as {@link Image#pushTo}
     */
    public void pushAllTo(Registry registry, String repository) throws IOException {
        for (NamedImage found : images()) {
            found.image().pushTo(registry, repository, found.tags());
        }
    }

    private void write(String path, ByteSource content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Path temporary = Files.createTempFile(directory, ".writing", "");
        try {
            try (InputStream in = content.open()) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public String toString() {
        return "OciLayout[" + directory + "]";
    }

    /** Writes what is not there. */
    private final class Writing implements ContentVisitor {

        @Override
        public void blob(Descriptor descriptor, ByteSource content) throws IOException {
            String path = ArchiveFiles.blob(descriptor.digest());
            if (!Files.exists(directory.resolve(path))) {
                write(path, content.verified(descriptor));
            }
        }

        @Override
        public void manifest(Image image) throws IOException {
            byte[] bytes = Bytes.of(image.manifest());
            blob(image.descriptor(), ByteSource.of(bytes.length, () -> new ByteArrayInputStream(bytes)));
        }
    }
}
