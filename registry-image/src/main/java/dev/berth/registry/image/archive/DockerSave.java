package dev.berth.registry.image.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.image.ByteSource;
import dev.berth.registry.image.Compression;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.ImageFormat;
import dev.berth.registry.image.Layer;
import dev.berth.registry.image.NamedImage;
import dev.berth.registry.text.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code docker save} writes: a manifest.json that lists images with the files of their configurations and layers. */
final class DockerSave {

    static final String MANIFEST = "manifest.json";

    private final ArchiveFiles files;
    private final List<Entry> entries;
    private final boolean there;

    private DockerSave(ArchiveFiles files, List<Entry> entries, boolean there) {
        this.files = files;
        this.entries = entries;
        this.there = there;
    }

    static DockerSave read(ArchiveFiles files) throws IOException {
        Optional<byte[]> manifest = files.small(MANIFEST);
        List<Entry> entries = manifest.isPresent() ? parse(manifest.get(), files) : List.of();
        return new DockerSave(files, entries, manifest.isPresent());
    }

    boolean isThere() {
        return there;
    }

    List<String> names() {
        return entries.stream().flatMap(entry -> entry.names().stream()).toList();
    }

    List<NamedImage> images() throws IOException {
        List<NamedImage> images = new ArrayList<>();
        for (Entry entry : entries) {
            Image image = image(entry);
            entry.names().forEach(name -> images.add(new NamedImage(Optional.of(name), image)));
            if (entry.names().isEmpty()) {
                images.add(new NamedImage(Optional.empty(), image));
            }
        }
        return images;
    }

    Optional<Image> find(String name) throws IOException {
        for (Entry entry : entries) {
            if (entry.names().contains(name)) {
                return Optional.of(image(entry));
            }
        }
        for (Entry entry : entries) {
            if (entry.names().stream().anyMatch(whole -> Names.tag(whole).equals(name))) {
                return Optional.of(image(entry));
            }
        }
        return Optional.empty();
    }

    /** Reads all layers once, since what there is of them has no digests. */
    private Image image(Entry entry) throws IOException {
        byte[] config = files.small(entry.config()).orElseThrow(() -> missing(entry.config()));
        List<Layer> layers = new ArrayList<>();
        for (String path : entry.layers()) {
            ByteSource content = required(path);
            Compression compression = Layer.ofBytes("", content).compression();
            ImageFormat format = compression == Compression.ZSTD ? ImageFormat.OCI : ImageFormat.DOCKER;
            layers.add(Layer.ofBytes(format.layer(compression), content));
        }
        boolean zstd =
                layers.stream().anyMatch(layer -> layer.mediaType().equals(ImageFormat.OCI.layer(Compression.ZSTD)));
        return Image.of(zstd ? ImageFormat.OCI : ImageFormat.DOCKER, ByteSource.of(config), layers);
    }

    private ByteSource required(String path) throws IOException {
        return files.file(path).orElseThrow(() -> missing(path));
    }

    private IOException missing(String path) {
        return new IOException(files + " speaks of " + Quoted.of(path) + " in " + MANIFEST + " and does not have it");
    }

    private static List<Entry> parse(byte[] content, ArchiveFiles files) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(content)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException(MANIFEST + " in " + files + " is no JSON array");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                entries.add(entry(json));
            }
        }
        return entries;
    }

    private static Entry entry(JsonParser json) throws IOException {
        String config = "";
        List<String> names = List.of();
        List<String> layers = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "Config" -> config = json.getValueAsString("");
                case "RepoTags" -> names = texts(json);
                case "Layers" -> layers = texts(json);
                default -> json.skipChildren();
            }
        }
        return new Entry(config, names, layers);
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                texts.add(json.getValueAsString(""));
                json.skipChildren();
            }
        }
        return texts;
    }

    /** An image. */
    private record Entry(String config, List<String> names, List<String> layers) {}
}
