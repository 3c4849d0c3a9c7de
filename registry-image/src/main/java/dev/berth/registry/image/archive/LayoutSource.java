package dev.berth.registry.image.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.image.ByteSource;
import dev.berth.registry.image.ContentSource;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.NamedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The content of a layout, in a directory or a tar (OCI Image Specification, "Image Layout"). */
record LayoutSource(ArchiveFiles files) implements ContentSource {

    static final String INDEX = "index.json";
    static final String MARKER = "oci-layout";
    static final String TAG = "org.opencontainers.image.ref.name";
    /** A whole name; what containerd and Docker write beside the tag. */
    static final String NAME = "io.containerd.image.name";

    private static final String VERSION = "1.0.0";

    boolean isLayout() throws IOException {
        return files.file(MARKER).isPresent();
    }

    /** What index.json lists; nothing if it is not there yet. */
    List<Descriptor> entries() throws IOException {
        requireVersion();
        Optional<byte[]> index = files.small(INDEX);
        return index.isEmpty()
                ? List.of()
                : parse(index.get(), Optional.empty(), Digest.of(index.get())).manifests();
    }

    List<NamedImage> images() throws IOException {
        List<NamedImage> images = new ArrayList<>();
        for (Descriptor entry : entries()) {
            Image image = manifest(entry)
                    .orElseThrow(() -> new IOException(
                            files + " lists " + entry.digest() + " in " + INDEX + " and does not have it"));
            images.add(new NamedImage(name(entry), image));
        }
        return images;
    }

    /** An image by its whole name or, failing that, its tag. */
    Optional<Image> find(String name) throws IOException {
        List<Descriptor> entries = entries();
        for (String key : List.of(NAME, TAG)) {
            for (Descriptor entry : entries) {
                if (name.equals(entry.annotations().get(key))) {
                    return manifest(entry);
                }
            }
        }
        return Optional.empty();
    }

    static Optional<String> name(Descriptor entry) {
        return Optional.ofNullable(entry.annotations().get(NAME))
                .or(() -> Optional.ofNullable(entry.annotations().get(TAG)));
    }

    @Override
    public Optional<Image> manifest(Descriptor descriptor) throws IOException {
        Optional<byte[]> content = files.small(ArchiveFiles.blob(descriptor.digest()));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Digest digest = descriptor.digest();
        DigestAlgorithm algorithm = digest.algorithm();
        if (!algorithm.digest(content.get()).equals(digest)) {
            throw new IOException("The bytes of " + digest + " in " + files + " are others");
        }
        return Optional.of(Image.of(parse(content.get(), Optional.of(descriptor.mediaType()), digest), this));
    }

    @Override
    public Optional<ByteSource> blob(Descriptor descriptor) throws IOException {
        return files.file(ArchiveFiles.blob(descriptor.digest()));
    }

    private Manifest parse(byte[] content, Optional<String> mediaType, Digest digest) throws IOException {
        try {
            return Manifest.of(content, mediaType, digest);
        } catch (RegistryException e) {
            throw new IOException("A manifest in " + files + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireVersion() throws IOException {
        Optional<byte[]> marker = files.small(MARKER);
        if (marker.isEmpty()) {
            throw new IOException(files + " is no OCI image layout: it has no file called " + MARKER);
        }
        String version = "";
        try (JsonParser json = new JsonFactory().createParser(marker.get())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "imageLayoutVersion".equals(json.currentName())) {
                    version = json.getText();
                }
            }
        }
        if (!version.equals(VERSION)) {
            throw new IOException(files + " is an OCI image layout of the version '" + version + "', and only "
                    + VERSION + " is known");
        }
    }
}
