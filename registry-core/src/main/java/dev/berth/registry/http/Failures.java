package dev.berth.registry.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an answer of whatever went wrong: a refusal says why; trouble below is logged here and told to the client without
 * its inside.
 */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** A handler that answers where {@code handler} throws or fails. */
    static RegistryHandler answering(RegistryHandler handler) {
        return request -> {
            CompletionStage<RegistryResponse> answer;
            try {
                answer = handler.handle(request);
            } catch (RuntimeException e) {
                return CompletableFuture.completedFuture(answer(request, e));
            }
            // An answer that is there already, as most are, needs no further stage.
            if (answer instanceof CompletableFuture<RegistryResponse> future
                    && future.isDone()
                    && !future.isCompletedExceptionally()) {
                return answer;
            }
            return answer.exceptionally(e -> answer(request, e));
        };
    }

    /** The answer to a request that is refused. */
    static RegistryResponse refuse(RegistryRequest request, RegistryException refusal) {
        return response(request, refusal.status(), refusal.errors());
    }

    private static RegistryResponse answer(RegistryRequest request, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof RegistryException refusal) {
            return refuse(request, refusal);
        }
        if (cause instanceof ClientGoneException || cause instanceof ConnectionCutException) {
            LOG.debug("{} {}: {}", request.method(), request.target(), cause.getMessage());
            return response(request, 400, error(ErrorCode.SIZE_INVALID, "the request ended before its body did"));
        }
        if (cause instanceof IOException) {
            LOG.error("{} {} failed in the storage", request.method(), request.target(), cause);
            return response(
                    request,
                    503,
                    error(
                            ErrorCode.UNAVAILABLE,
                            "the registry cannot reach its storage at the moment; its log says why"));
        }
        LOG.error("{} {} failed", request.method(), request.target(), cause);
        return response(request, 500, error(ErrorCode.UNKNOWN, "the registry failed; its log says why"));
    }

    private static List<RegistryError> error(ErrorCode code, String message) {
        return List.of(new RegistryError(code, message));
    }

    private static RegistryResponse response(RegistryRequest request, int status, List<RegistryError> errors) {
        return Answers.json(request, status, body(errors), "application/json", Headers.none());
    }

    /** The body of an error answer (OCI Distribution Specification, "Error Codes"). */
    private static byte[] body(List<RegistryError> errors) {
        return Json.object(json -> {
            json.writeArrayFieldStart("errors");
            for (RegistryError error : errors) {
                json.writeStartObject();
                json.writeStringField("code", error.code().name());
                json.writeStringField("message", error.message());
                if (!error.detail().isEmpty()) {
                    json.writeObjectFieldStart("detail");
                    for (Map.Entry<String, String> entry : error.detail().entrySet()) {
                        json.writeStringField(entry.getKey(), entry.getValue());
                    }
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
