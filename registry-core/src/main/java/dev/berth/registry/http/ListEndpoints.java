package dev.berth.registry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Page;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.text.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lists: repositories, tags, referrers (OCI Distribution Specification, "Content Discovery"). */
final class ListEndpoints {

    private final Registry registry;
    private final int pageLimit;

    ListEndpoints(Registry registry, HttpOptions options) {
        this.registry = registry;
        this.pageLimit = options.pageLimit();
    }

    RegistryResponse catalog(RegistryRequest request) throws IOException {
        int limit = limit(request);
        Page<RepositoryName> page = limit == 0
                ? Page.empty()
                : registry.repositories(request.query().first("last"), limit);
        byte[] body = Json.object(json -> {
            json.writeArrayFieldStart("repositories");
            for (RepositoryName name : page.items()) {
                json.writeString(name.value());
            }
            json.writeEndArray();
        });
        return Answers.json(request, 200, body, "application/json", link(request, page, limit));
    }

    RegistryResponse tags(RegistryRequest request, Route.Tags route) throws IOException {
        int limit = limit(request);
        Page<Tag> page = registry.tags(route.name(), request.query().first("last"), Math.max(1, limit))
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.NAME_UNKNOWN,
                        "there is no repository " + route.name() + " yet: it comes into being with its first manifest",
                        Map.of("name", route.name().value())));
        Page<Tag> shown = limit == 0 ? Page.empty() : page;
        byte[] body = Json.object(json -> {
            json.writeStringField("name", route.name().value());
            json.writeArrayFieldStart("tags");
            for (Tag tag : shown.items()) {
                json.writeString(tag.value());
            }
            json.writeEndArray();
        });
        return Answers.json(request, 200, body, "application/json", link(request, shown, limit));
    }

    RegistryResponse referrers(RegistryRequest request, Route.Referrers route) throws IOException {
        int limit = Math.max(1, limit(request));
        Optional<String> artifactType = request.query().first("artifactType");
        Optional<Digest> after = request.query().first("last").map(Digest::parse);
        Page<Descriptor> page = registry.referrers(route.name(), route.subject(), artifactType, after, limit);
        byte[] body = Json.object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            json.writeArrayFieldStart("manifests");
            for (Descriptor descriptor : page.items()) {
                write(descriptor, json);
            }
            json.writeEndArray();
        });
        Headers more = artifactType.isPresent() ? Headers.of("OCI-Filters-Applied", "artifactType") : Headers.none();
        List<Descriptor> items = page.items();
        if (page.more() && !items.isEmpty()) {
            String last = items.get(items.size() - 1).digest().toString();
            more = more.plusAll(next(request, last, limit));
        }
        return Answers.json(request, 200, body, MediaTypes.OCI_INDEX, more);
    }

    private static void write(Descriptor descriptor, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", descriptor.mediaType());
        json.writeStringField("digest", descriptor.digest().toString());
        json.writeNumberField("size", descriptor.size());
        if (descriptor.artifactType().isPresent()) {
            json.writeStringField("artifactType", descriptor.artifactType().get());
        }
        if (!descriptor.annotations().isEmpty()) {
            json.writeObjectFieldStart("annotations");
            for (Map.Entry<String, String> entry : descriptor.annotations().entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static Headers link(RegistryRequest request, Page<?> page, int limit) {
        if (!page.more() || page.items().isEmpty()) {
            return Headers.none();
        }
        return next(request, page.items().get(page.items().size() - 1).toString(), limit);
    }

    /** The next page, by a path (RFC 8288): it is right behind every proxy that does not change paths. */
    private static Headers next(RegistryRequest request, String last, int limit) {
        Query query =
                request.query().without("last").without("n").plus("last", last).plus("n", Integer.toString(limit));
        return Headers.of("Link", "<" + request.route().path() + query + ">; rel=\"next\"");
    }

    /** How many entries a page may have. More than the registry gives at once is cut down to what it gives. */
    private int limit(RegistryRequest request) {
        Optional<String> n = request.query().first("n");
        if (n.isEmpty()) {
            return pageLimit;
        }
        if (!n.get().matches("[0-9]{1,9}")) {
            throw new RegistryException(
                    ErrorCode.PAGINATION_NUMBER_INVALID,
                    "n is how many entries a page may have, a whole number of at least 0, and not "
                            + Quoted.of(n.get()));
        }
        return Math.min(Integer.parseInt(n.get()), pageLimit);
    }
}
