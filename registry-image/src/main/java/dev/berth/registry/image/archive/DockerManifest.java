package dev.berth.registry.image.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifest.json that {@code docker load} reads, of an archive whose blobs are those of a layout. */
final class DockerManifest {

    private final List<Entry> entries = new ArrayList<>();

    /** Indexes and artifacts are no images to Docker, and a name without a colon is none. */
    void add(Image image, List<String> names) {
        Optional<Descriptor> config = image.manifest().config().filter(DockerManifest::ofImage);
        if (config.isPresent()) {
            entries.add(new Entry(
                    ArchiveFiles.blob(config.get().digest()),
                    names.stream().filter(Names::isWhole).toList(),
                    image.layers().stream()
                            .map(layer -> ArchiveFiles.blob(layer.digest()))
                            .toList()));
        }
    }

    private static boolean ofImage(Descriptor config) {
        return config.mediaType().equals(MediaTypes.OCI_CONFIG)
                || config.mediaType().equals(MediaTypes.DOCKER_CONFIG);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    byte[] toJson() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartArray();
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("Config", entry.config());
                texts(json, "RepoTags", entry.names());
                texts(json, "Layers", entry.layers());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** An image. */
    private record Entry(String config, List<String> names, List<String> layers) {}
}
