package dev.berth.registry.image;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;

/** Writes configurations, the same one always as the same bytes. */
final class ConfigWriter {

    private ConfigWriter() {}

    static byte[] write(ImageConfig config) {
        return Json.object(json -> {
            if (config.created().isPresent()) {
                time(json, "created", config.created().get());
            }
            textIfAny(json, "author", config.author());
            json.writeStringField("architecture", config.platform().architecture());
            json.writeStringField("os", config.platform().os());
            textIfAny(json, "variant", config.platform().variant().orElse(""));
            json.writeObjectFieldStart("config");
            writeExecution(json, config);
            json.writeEndObject();
            json.writeObjectFieldStart("rootfs");
            json.writeStringField("type", "layers");
            json.writeArrayFieldStart("diff_ids");
            for (Digest diffId : config.diffIds()) {
                json.writeString(diffId.toString());
            }
            json.writeEndArray();
            json.writeEndObject();
            writeHistory(json, config);
        });
    }

    private static void writeExecution(JsonGenerator json, ImageConfig config) throws IOException {
        textIfAny(json, "User", config.user());
        setIfAny(json, "ExposedPorts", config.exposedPorts());
        listIfAny(
                json,
                "Env",
                config.env().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        listIfAny(json, "Entrypoint", config.entrypoint());
        listIfAny(json, "Cmd", config.cmd());
        setIfAny(json, "Volumes", config.volumes());
        textIfAny(json, "WorkingDir", config.workdir());
        Json.mapIfAny(json, "Labels", config.labels());
        textIfAny(json, "StopSignal", config.stopSignal());
    }

    private static void writeHistory(JsonGenerator json, ImageConfig config) throws IOException {
        if (config.history().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("history");
        for (History step : config.history()) {
            json.writeStartObject();
            time(json, "created", step.created());
            textIfAny(json, "created_by", step.createdBy());
            textIfAny(json, "comment", step.comment());
            if (step.emptyLayer()) {
                json.writeBooleanField("empty_layer", true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void time(JsonGenerator json, String name, Instant time) throws IOException {
        json.writeStringField(name, time.toString());
    }

    private static void textIfAny(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void listIfAny(JsonGenerator json, String name, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
    }

    /** A set is an object whose values say nothing. */
    private static void setIfAny(JsonGenerator json, String name, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeObjectFieldStart(name);
            for (String value : values) {
                json.writeObjectFieldStart(value);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }
}
