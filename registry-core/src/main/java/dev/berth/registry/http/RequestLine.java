package dev.berth.registry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An exchange as a line of JSON. */
final class RequestLine {

    private RequestLine() {}

    static String json(RegistryRequest request, int status, long received, long sent, long nanos) {
        return new String(
                Json.object(json -> write(json, request, status, received, sent, nanos)), StandardCharsets.UTF_8);
    }

    private static void write(
            JsonGenerator json, RegistryRequest request, int status, long received, long sent, long nanos)
            throws IOException {
        json.writeStringField(
                "time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        json.writeStringField("level", "info");
        json.writeStringField("logger", "access");
        json.writeStringField("id", request.id());
        json.writeStringField("method", request.method());
        json.writeStringField("target", request.target());
        Optional<Endpoint> endpoint = request.endpoint();
        if (endpoint.isPresent()) {
            json.writeStringField("endpoint", endpoint.get().name().toLowerCase(Locale.ROOT));
        }
        if (request.route().repository().isPresent()) {
            json.writeStringField(
                    "repository", request.route().repository().get().toString());
        }
        Optional<String> reference = reference(request.route());
        if (reference.isPresent()) {
            json.writeStringField("reference", reference.get());
        }
        json.writeNumberField("status", status);
        json.writeNumberField("received", received);
        json.writeNumberField("sent", sent);
        json.writeNumberField("milliseconds", Math.round(nanos / 1e3) / 1e3);
        String user = request.notes().caller().name();
        if (!user.isEmpty()) {
            json.writeStringField("user", user);
        }
        json.writeStringField("address", request.connection().remoteAddress());
        Optional<String> agent = request.headers().first("User-Agent");
        if (agent.isPresent()) {
            json.writeStringField("agent", agent.get());
        }
        List<String> remarks = request.notes().remarks();
        if (!remarks.isEmpty()) {
            json.writeArrayFieldStart("remarks");
            for (String remark : remarks) {
                json.writeString(remark);
            }
            json.writeEndArray();
        }
    }

    private static Optional<String> reference(Route route) {
        if (route instanceof Route.Manifest manifest) {
            return Optional.of(manifest.reference().toString());
        }
        if (route instanceof Route.Blob blob) {
            return Optional.of(blob.digest().toString());
        }
        return route instanceof Route.Referrers referrers
                ? Optional.of(referrers.subject().toString())
                : Optional.empty();
    }
}
