package dev.berth.registry.image;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.Descriptor;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes manifests, the same one always as the same bytes. */
final class ManifestWriter {

    private ManifestWriter() {}

    static Manifest image(
            String mediaType,
            Descriptor config,
            List<Descriptor> layers,
            Optional<String> artifactType,
            Extras extras) {
        return manifest(mediaType, json -> {
            if (artifactType.isPresent()) {
                json.writeStringField("artifactType", artifactType.get());
            }
            json.writeFieldName("config");
            descriptor(json, config);
            descriptors(json, "layers", layers);
            extras.writeTo(json);
        });
    }

    static Manifest index(String mediaType, List<Descriptor> manifests, Optional<String> artifactType, Extras extras) {
        return manifest(mediaType, json -> {
            if (artifactType.isPresent()) {
                json.writeStringField("artifactType", artifactType.get());
            }
            descriptors(json, "manifests", manifests);
            extras.writeTo(json);
        });
    }

    private static Manifest manifest(String mediaType, Json.Writing fields) {
        byte[] content = Json.object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", mediaType);
            fields.writeTo(json);
        });
        return Manifest.parse(content, Optional.of(mediaType), DigestAlgorithm.SHA256);
    }

    private static void descriptors(JsonGenerator json, String name, List<Descriptor> descriptors) throws IOException {
        json.writeArrayFieldStart(name);
        for (Descriptor descriptor : descriptors) {
            descriptor(json, descriptor);
        }
        json.writeEndArray();
    }

    private static void descriptor(JsonGenerator json, Descriptor descriptor) throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", descriptor.mediaType());
        json.writeStringField("digest", descriptor.digest().toString());
        json.writeNumberField("size", descriptor.size());
        if (descriptor.artifactType().isPresent()) {
            json.writeStringField("artifactType", descriptor.artifactType().get());
        }
        Json.mapIfAny(json, "annotations", descriptor.annotations());
        if (!descriptor.urls().isEmpty()) {
            json.writeArrayFieldStart("urls");
            for (String url : descriptor.urls()) {
                json.writeString(url);
            }
            json.writeEndArray();
        }
        if (descriptor.platform().isPresent()) {
            platform(json, descriptor.platform().get());
        }
        json.writeEndObject();
    }

    private static void platform(JsonGenerator json, Platform platform) throws IOException {
        json.writeObjectFieldStart("platform");
        json.writeStringField("architecture", platform.architecture());
        json.writeStringField("os", platform.os());
        if (platform.variant().isPresent()) {
            json.writeStringField("variant", platform.variant().get());
        }
        json.writeEndObject();
    }

    /** What any manifest may have. */
    record Extras(Optional<Descriptor> subject, Map<String, String> annotations) {

        static final Extras NONE = new Extras(Optional.empty(), Map.of());

        private void writeTo(JsonGenerator json) throws IOException {
            if (subject.isPresent()) {
                json.writeFieldName("subject");
                descriptor(json, subject.get());
            }
            Json.mapIfAny(json, "annotations", annotations);
        }
    }
}
