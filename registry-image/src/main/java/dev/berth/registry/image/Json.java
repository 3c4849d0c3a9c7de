package dev.berth.registry.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads JSON, field by field. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static byte[] object(Writing fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Sorted, since the maps of values have another order in each run of a program. */
    static void mapIfAny(JsonGenerator json, String name, Map<String, String> map) throws IOException {
        if (map.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** @throws IOException if it is no JSON, or no object */
    static void read(byte[] content, String what, FieldReader reader) throws IOException {
        try (JsonParser json = FACTORY.createParser(content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(what + " is a JSON object, and this is none");
            }
            fields(json, reader);
        }
    }

    /** Reads an object; anything else is passed over. */
    static void fields(JsonParser json, FieldReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            reader.read(json, name);
        }
    }

    /** Reads an array; anything else is passed over. */
    static void items(JsonParser json, ItemReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            reader.read();
        }
    }

    /** A string; anything else is passed over and counts as empty. */
    static String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return "";
    }

    /** Writes fields of an object. */
    interface Writing {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** Reads a field whose value has begun. */
    interface FieldReader {
        void read(JsonParser json, String name) throws IOException;
    }

    /** Reads an item that has begun. */
    interface ItemReader {
        void read() throws IOException;
    }
}
