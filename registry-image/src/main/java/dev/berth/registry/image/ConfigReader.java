package dev.berth.registry.image;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads configurations, passing over what it does not know and what has another form than it should. */
final class ConfigReader {

    private final ConfigDraft draft = new ConfigDraft();

    private ConfigReader() {}

    static ImageConfig read(byte[] content) throws IOException {
        ConfigReader reader = new ConfigReader();
        Json.read(content, "An image's configuration", reader::readField);
        return reader.draft.toConfig();
    }

    private void readField(JsonParser json, String name) throws IOException {
        switch (name) {
            case "created" -> draft.created = time(json);
            case "author" -> draft.author = Json.text(json);
            case "architecture" -> draft.architecture = Json.text(json);
            case "os" -> draft.os = Json.text(json);
            case "variant" -> draft.variant = Optional.of(Json.text(json)).filter(v -> !v.isEmpty());
            case "config" -> Json.fields(json, this::readExecution);
            case "rootfs" -> Json.fields(json, this::readRootfs);
            case "history" -> Json.items(json, () -> draft.history.add(history(json)));
            default -> json.skipChildren();
        }
    }

    private void readExecution(JsonParser json, String name) throws IOException {
        switch (name) {
            case "User" -> draft.user = Json.text(json);
            case "ExposedPorts" -> keys(json, draft.exposedPorts);
            case "Env" -> Json.items(json, () -> addVariable(Json.text(json)));
            case "Entrypoint" -> draft.entrypoint = texts(json);
            case "Cmd" -> draft.cmd = texts(json);
            case "Volumes" -> keys(json, draft.volumes);
            case "WorkingDir" -> draft.workdir = Json.text(json);
            case "Labels" -> Json.fields(json, (value, key) -> draft.labels.put(key, Json.text(value)));
            case "StopSignal" -> draft.stopSignal = Json.text(json);
            default -> json.skipChildren();
        }
    }

    private void addVariable(String variable) {
        int equals = variable.indexOf('=');
        draft.env.put(
                equals < 0 ? variable : variable.substring(0, equals),
                equals < 0 ? "" : variable.substring(equals + 1));
    }

    private void readRootfs(JsonParser json, String name) throws IOException {
        if (name.equals("diff_ids")) {
            Json.items(json, () -> draft.diffIds.add(digest(Json.text(json))));
        } else {
            json.skipChildren();
        }
    }

    private static Digest digest(String text) throws IOException {
        try {
            return Digest.parse(text);
        } catch (RegistryException e) {
            throw new IOException(
                    "The image's configuration has an " + e.errors().get(0).message(), e);
        }
    }

    private static History history(JsonParser json) throws IOException {
        Instant[] created = {Instant.EPOCH};
        String[] texts = {"", ""};
        boolean[] empty = {false};
        Json.fields(json, (value, name) -> {
            switch (name) {
                case "created" -> created[0] = time(value).orElse(Instant.EPOCH);
                case "created_by" -> texts[0] = Json.text(value);
                case "comment" -> texts[1] = Json.text(value);
                case "empty_layer" -> empty[0] = value.currentToken() == JsonToken.VALUE_TRUE;
                default -> value.skipChildren();
            }
        });
        return new History(created[0], texts[0], texts[1], empty[0]);
    }

    private static Optional<Instant> time(JsonParser json) throws IOException {
        try {
            String text = Json.text(json);
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        Json.items(json, () -> texts.add(Json.text(json)));
        return texts;
    }

    private static void keys(JsonParser json, Collection<String> keys) throws IOException {
        Json.fields(json, (value, key) -> {
            keys.add(key);
            value.skipChildren();
        });
    }
}
