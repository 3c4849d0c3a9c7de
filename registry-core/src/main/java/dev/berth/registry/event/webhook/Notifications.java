package dev.berth.registry.event.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.Origin;
import dev.berth.registry.event.RegistryEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes events as Docker's registry does, field by field, so that whoever understands that one understands this. */
final class Notifications {

    private static final JsonFactory JSON = new JsonFactory();

    /** An index may have thousands; nobody should have to take them all with each pull. */
    private static final int MOST_REFERENCES = 1000;

    private final boolean references;
    private final Optional<String> registryUrl;
    private final String source;
    private final String instance = UUID.randomUUID().toString();

    /**
     * For one process.
     *
     * @param references whether what manifests are made of is told
     * @param registryUrl what URLs begin with; empty for what the request says
     * @param source host and port of this registry
     */
    Notifications(boolean references, Optional<String> registryUrl, String source) {
        this.references = references;
        this.registryUrl = registryUrl;
        this.source = source;
    }

    /** What there is to tell of an event: a push by several tags is one notification for each. */
    List<Notification> of(RegistryEvent event) {
        if (event instanceof RegistryEvent.ManifestPushed pushed) {
            Target target = Target.manifest(pushed, pushed.manifest(), pushed.references());
            return pushed.tags().isEmpty()
                    ? List.of(write(WebhookAction.PUSH, event, target))
                    : pushed.tags().stream()
                            .map(tag -> write(WebhookAction.PUSH, event, target.tagged(tag)))
                            .toList();
        }
        return WebhookAction.of(event).map(action -> write(action, event, target(event))).stream()
                .toList();
    }

    private static Target target(RegistryEvent event) {
        if (event instanceof RegistryEvent.ManifestPulled pulled) {
            Target target = Target.manifest(pulled, pulled.manifest(), pulled.references());
            return pulled.tag().map(target::tagged).orElse(target);
        }
        if (event instanceof RegistryEvent.BlobPushed pushed) {
            return Target.blob(pushed, pushed.blob());
        }
        if (event instanceof RegistryEvent.BlobPulled pulled) {
            return Target.blob(pulled, pulled.blob());
        }
        if (event instanceof RegistryEvent.BlobMounted mounted) {
            return Target.blob(mounted, mounted.blob()).from(mounted.from());
        }
        if (event instanceof RegistryEvent.TagDeleted deleted) {
            return Target.deleted(deleted, Optional.empty()).tagged(deleted.tag());
        }
        if (event instanceof RegistryEvent.ManifestDeleted deleted) {
            return Target.deleted(deleted, Optional.of(deleted.digest()));
        }
        RegistryEvent.BlobDeleted deleted = (RegistryEvent.BlobDeleted) event;
        return Target.deleted(deleted, Optional.of(deleted.digest()));
    }

    private Notification write(WebhookAction action, RegistryEvent event, Target target) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", UUID.randomUUID().toString());
            json.writeStringField("timestamp", event.time().toString());
            json.writeStringField("action", action.word());
            json.writeObjectFieldStart("target");
            write(json, target, event.origin());
            json.writeEndObject();
            writeOrigin(json, event.origin());
            json.writeObjectFieldStart("source");
            json.writeStringField("addr", source);
            json.writeStringField("instanceID", instance);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        String type = target.content().map(Descriptor::mediaType).orElse("");
        return new Notification(action, type, event.time(), out.toString(StandardCharsets.UTF_8));
    }

    private void write(JsonGenerator json, Target target, Origin origin) throws IOException {
        if (target.content().isPresent()) {
            Descriptor content = target.content().get();
            writeDescriptor(json, content);
            json.writeNumberField("length", content.size());
        } else if (target.digest().isPresent()) {
            json.writeStringField("digest", target.digest().get().toString());
        }
        json.writeStringField("repository", target.repository().toString());
        if (target.from().isPresent()) {
            json.writeStringField("fromRepository", target.from().get().toString());
        }
        Optional<String> base = registryUrl.or(() -> origin.request().map(Origin.Request::registry));
        if (target.content().isPresent() && base.isPresent()) {
            json.writeStringField("url", base.get() + target.path());
        }
        if (target.tag().isPresent()) {
            json.writeStringField("tag", target.tag().get().toString());
        }
        if (references && !target.references().isEmpty() && target.references().size() <= MOST_REFERENCES) {
            json.writeArrayFieldStart("references");
            for (Descriptor reference : target.references()) {
                json.writeStartObject();
                writeDescriptor(json, reference);
                writeRest(json, reference);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void writeDescriptor(JsonGenerator json, Descriptor descriptor) throws IOException {
        json.writeStringField("mediaType", descriptor.mediaType());
        json.writeNumberField("size", descriptor.size());
        json.writeStringField("digest", descriptor.digest().toString());
    }

    private static void writeRest(JsonGenerator json, Descriptor descriptor) throws IOException {
        if (!descriptor.urls().isEmpty()) {
            json.writeArrayFieldStart("urls");
            for (String url : descriptor.urls()) {
                json.writeString(url);
            }
            json.writeEndArray();
        }
        if (!descriptor.annotations().isEmpty()) {
            json.writeObjectFieldStart("annotations");
            for (Map.Entry<String, String> annotation : descriptor.annotations().entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
        }
        if (descriptor.platform().isPresent()) {
            json.writeObjectFieldStart("platform");
            json.writeStringField("architecture", descriptor.platform().get().architecture());
            json.writeStringField("os", descriptor.platform().get().os());
            if (descriptor.platform().get().variant().isPresent()) {
                json.writeStringField(
                        "variant", descriptor.platform().get().variant().get());
            }
            json.writeEndObject();
        }
    }

    private static void writeOrigin(JsonGenerator json, Origin origin) throws IOException {
        json.writeObjectFieldStart("request");
        if (origin.request().isPresent()) {
            Origin.Request request = origin.request().get();
            json.writeStringField("id", request.id());
            json.writeStringField("addr", request.address());
            json.writeStringField("host", request.host());
            json.writeStringField("method", request.method());
            json.writeStringField("useragent", request.userAgent());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("actor");
        if (origin.actor().isPresent()) {
            json.writeStringField("name", origin.actor().get());
        }
        json.writeEndObject();
    }

    /** What it happened to. */
    private record Target(
            RepositoryName repository,
            String kind,
            Optional<Descriptor> content,
            Optional<Digest> digest,
            Optional<Tag> tag,
            Optional<RepositoryName> from,
            List<Descriptor> references) {

        static Target manifest(RegistryEvent.InRepository event, Descriptor manifest, List<Descriptor> references) {
            return new Target(
                    event.repository(),
                    "manifests",
                    Optional.of(manifest),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    references);
        }

        static Target blob(RegistryEvent.InRepository event, Descriptor blob) {
            return new Target(
                    event.repository(),
                    "blobs",
                    Optional.of(blob),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }

        static Target deleted(RegistryEvent.InRepository event, Optional<Digest> digest) {
            return new Target(
                    event.repository(), "", Optional.empty(), digest, Optional.empty(), Optional.empty(), List.of());
        }

        Target tagged(Tag newTag) {
            return new Target(repository, kind, content, digest, Optional.of(newTag), from, references);
        }

        Target from(Optional<RepositoryName> newFrom) {
            return new Target(repository, kind, content, digest, tag, newFrom, references);
        }

        String path() {
            return "/v2/" + repository + "/" + kind + "/"
                    + content.map(Descriptor::digest).map(Digest::toString).orElse("");
        }
    }
}
