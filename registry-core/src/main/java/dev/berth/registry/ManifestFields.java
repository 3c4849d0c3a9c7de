package dev.berth.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.text.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a manifest's JSON says, as far as a registry acts on it. Read in one pass; unknown fields are passed over. */
final class ManifestFields {

    private static final JsonFactory JSON = new JsonFactory();

    private Optional<String> mediaType = Optional.empty();
    private Optional<String> artifactType = Optional.empty();
    private int schemaVersion;
    private Optional<Descriptor> config = Optional.empty();
    private Optional<Descriptor> subject = Optional.empty();
    private List<Descriptor> layers = List.of();
    private List<Descriptor> manifests = List.of();
    private Map<String, String> annotations = Map.of();
    private boolean hasLayers;
    private boolean hasManifests;
    private boolean hasFsLayers;

    private ManifestFields() {}

    static ManifestFields read(byte[] content) {
        ManifestFields fields = new ManifestFields();
        try (JsonParser json = JSON.createParser(content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("a manifest is a JSON object, and this is none");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                fields.readField(json, json.currentName());
            }
            if (json.nextToken() != null) {
                throw invalid("there is something behind the manifest's JSON object");
            }
        } catch (IOException e) {
            throw invalid("the manifest is not valid JSON: " + firstLine(e));
        }
        if (fields.hasManifests && (fields.hasLayers || fields.config.isPresent())) {
            throw invalid("the manifest claims to be both an image and an index:"
                    + " it has 'manifests' beside 'layers' or 'config', which clients read differently");
        }
        return fields;
    }

    private void readField(JsonParser json, String name) throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "mediaType" -> mediaType = Optional.of(text(json, name)).filter(t -> !t.isEmpty());
            case "artifactType" -> artifactType = Optional.of(text(json, name)).filter(t -> !t.isEmpty());
            case "schemaVersion" -> schemaVersion = token == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : 0;
            case "config" -> config = descriptorOrSkip(json, name);
            case "subject" -> subject = Optional.of(descriptor(json, name));
            case "annotations" -> annotations = stringMap(json, name);
            case "layers", "blobs" -> {
                hasLayers = true;
                layers = descriptors(json, name);
            }
            case "manifests" -> {
                hasManifests = true;
                manifests = descriptors(json, name);
            }
            case "fsLayers" -> {
                hasFsLayers = true;
                json.skipChildren();
            }
            default -> json.skipChildren();
        }
    }

    /** An unknown manifest type may mean something else by {@code config}: only an object with a digest is a descriptor. */
    private static Optional<Descriptor> descriptorOrSkip(JsonParser json, String name) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        return Optional.of(descriptor(json, name));
    }

    private static List<Descriptor> descriptors(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("'" + field + "' has to be an array of descriptors");
        }
        List<Descriptor> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(descriptor(json, field + "[" + list.size() + "]"));
        }
        return List.copyOf(list);
    }

    private static Descriptor descriptor(JsonParser json, String where) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("'" + where + "' has to be a descriptor: an object with mediaType, digest and size");
        }
        String mediaType = "";
        String digest = "";
        long size = -1;
        Optional<String> artifactType = Optional.empty();
        Map<String, String> annotations = Map.of();
        List<String> urls = List.of();
        Optional<Platform> platform = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "mediaType" -> mediaType = text(json, where + ".mediaType");
                case "digest" -> digest = text(json, where + ".digest");
                case "size" -> size = size(json, where);
                case "artifactType" -> artifactType = Optional.of(text(json, where + ".artifactType"));
                case "annotations" -> annotations = stringMap(json, where + ".annotations");
                case "urls" -> urls = strings(json, where + ".urls");
                case "platform" -> platform = platform(json);
                default -> json.skipChildren();
            }
        }
        if (digest.isEmpty()) {
            throw invalid("'" + where + "' lacks a digest");
        }
        if (size < 0) {
            throw invalid("'" + where + "' lacks a size, which is a number of bytes of at least 0");
        }
        return new Descriptor(mediaType, parseDigest(digest, where), size, artifactType, annotations, urls, platform);
    }

    private static Digest parseDigest(String text, String where) {
        try {
            return Digest.parse(text);
        } catch (RegistryException e) {
            throw invalid("'" + where + "' has an " + e.errors().get(0).message());
        }
    }

    private static Optional<Platform> platform(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        String os = "";
        String architecture = "";
        Optional<String> variant = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (token != JsonToken.VALUE_STRING) {
                json.skipChildren();
                continue;
            }
            switch (name) {
                case "os" -> os = json.getText();
                case "architecture" -> architecture = json.getText();
                case "variant" -> variant = Optional.of(json.getText());
                default -> {}
            }
        }
        return Optional.of(new Platform(os, architecture, variant));
    }

    private static long size(JsonParser json, String where) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw invalid("'" + where + ".size' has to be a number of bytes");
        }
        return json.getLongValue();
    }

    private static String text(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid("'" + field + "' has to be a string");
        }
        return json.getText();
    }

    private static List<String> strings(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("'" + field + "' has to be an array of strings");
        }
        List<String> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(text(json, field));
        }
        return list;
    }

    private static Map<String, String> stringMap(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("'" + field + "' has to be an object whose values are strings");
        }
        Map<String, String> map = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            map.put(key, text(json, field + "." + key));
        }
        return map;
    }

    String mediaType(Optional<String> declared) {
        Optional<String> plain = declared.map(ManifestFields::withoutParameters).filter(t -> !isGeneric(t));
        if (mediaType.isPresent() && plain.isPresent() && !plain.get().equals(mediaType.get())) {
            throw invalid("the Content-Type " + Quoted.of(plain.get()) + " is not the mediaType "
                    + Quoted.of(mediaType.get()) + " that the manifest gives itself: send them alike");
        }
        return mediaType.or(() -> plain).orElseGet(this::mediaTypeOfShape);
    }

    private String mediaTypeOfShape() {
        if (isSchema1()) {
            return MediaTypes.DOCKER_SCHEMA1_SIGNED;
        }
        return hasManifests ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
    }

    /** Types that say no more than that this is JSON, as clients send that set none. */
    private static boolean isGeneric(String type) {
        return type.isEmpty()
                || type.equals("application/json")
                || type.equals(MediaTypes.OCTET_STREAM)
                || type.equals("application/x-www-form-urlencoded")
                || type.equals("text/plain");
    }

    private static String withoutParameters(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim();
    }

    boolean namesItsType() {
        return mediaType.isPresent();
    }

    boolean isSchema1() {
        return schemaVersion == 1 || hasFsLayers;
    }

    Optional<String> artifactType() {
        return artifactType.or(() -> config.map(Descriptor::mediaType).filter(t -> !t.isEmpty()));
    }

    Map<String, String> annotations() {
        return annotations;
    }

    Optional<Descriptor> subject() {
        return subject;
    }

    Optional<Descriptor> config() {
        return config;
    }

    List<Descriptor> layers() {
        return layers;
    }

    List<Descriptor> manifests() {
        return manifests;
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return Quoted.of(end < 0 ? message : message.substring(0, end));
    }

    private static RegistryException invalid(String message) {
        return new RegistryException(ErrorCode.MANIFEST_INVALID, message);
    }
}
