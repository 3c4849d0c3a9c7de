package dev.berth.registry.http.management;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.registry.health.HealthReport;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Says how a registry is doing, in several forms. */
final class HealthAnswers {

    private static final JsonFactory JSON = new JsonFactory();

    private HealthAnswers() {}

    /** A word, for those who are to know no more. */
    static RegistryResponse word(RegistryRequest request, boolean up) {
        byte[] word = (up ? "ok\n" : "not ready\n").getBytes(StandardCharsets.US_ASCII);
        return text(request, up ? 200 : 503, "text/plain; charset=utf-8", word);
    }

    /** Everything there is to know. */
    static RegistryResponse report(RegistryRequest request, HealthReport report) {
        return text(request, report.isUp() ? 200 : 503, "application/json", json(json -> {
            json.writeStringField("status", report.isUp() ? "up" : "down");
            json.writeBooleanField("readOnly", report.readOnly());
            json.writeObjectFieldStart("checks");
            for (HealthReport.Result result : report.results()) {
                json.writeStringField(result.check(), result.problem().orElse("ok"));
            }
            json.writeEndObject();
        }));
    }

    /** As Docker's registry says it: what fails, and nothing if nothing does. */
    static RegistryResponse failures(RegistryRequest request, HealthReport report) {
        return text(request, report.isUp() ? 200 : 503, "application/json; charset=utf-8", json(json -> {
            for (HealthReport.Result result : report.results()) {
                if (result.problem().isPresent()) {
                    json.writeStringField(result.check(), result.problem().get());
                }
            }
        }));
    }

    static RegistryResponse text(RegistryRequest request, int status, String type, byte[] content) {
        Headers headers = Headers.of(
                "Content-Type", type, "Content-Length", Integer.toString(content.length), "Cache-Control", "no-store");
        boolean head = request.method().equals("HEAD");
        return new RegistryResponse(status, headers, head ? ResponseBody.empty() : ResponseBody.of(content));
    }

    private static byte[] json(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
