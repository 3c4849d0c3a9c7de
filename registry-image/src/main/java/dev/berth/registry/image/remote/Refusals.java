package dev.berth.registry.image.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an answer that is no success says of the reason. */
final class Refusals {

    private Refusals() {}

    /**
     * The refusal that an answer of 400 to 499 stands for.
     *
     * @throws IOException for any other answer: it is trouble, and not the registry's decision
     */
    static RegistryException of(HttpResponse<?> response, byte[] body) throws IOException {
        int status = response.statusCode();
        if (status < 400 || status > 499) {
            throw new IOException(
                    response.request().method() + " " + response.request().uri().getHost()
                            + response.request().uri().getPath() + " was answered with " + status);
        }
        List<RegistryError> errors = errors(body);
        if (errors.isEmpty()) {
            errors = List.of(new RegistryError(
                    ofStatus(status),
                    "the registry answered with " + status + " to "
                            + response.request().method() + " "
                            + response.request().uri().getPath()));
        }
        return new RegistryException(status, errors);
    }

    private static List<RegistryError> errors(byte[] body) {
        List<RegistryError> errors = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(body)) {
            String code = "";
            String message = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "code".equals(json.currentName())) {
                    code = json.getText();
                } else if (token == JsonToken.VALUE_STRING && "message".equals(json.currentName())) {
                    message = json.getText();
                } else if (token == JsonToken.FIELD_NAME && "detail".equals(json.currentName())) {
                    json.nextToken();
                    json.skipChildren();
                } else if (token == JsonToken.END_OBJECT && !code.isEmpty()) {
                    errors.add(new RegistryError(code(code), message, Map.of()));
                    code = "";
                    message = "";
                }
            }
        } catch (IOException e) {
            // What is no JSON says nothing: the status has to do.
            return List.copyOf(errors);
        }
        return errors;
    }

    private static ErrorCode code(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ErrorCode.UNKNOWN;
    }

    private static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.DENIED;
            case 404 -> ErrorCode.NAME_UNKNOWN;
            case 405 -> ErrorCode.UNSUPPORTED;
            case 416 -> ErrorCode.RANGE_INVALID;
            case 429 -> ErrorCode.TOOMANYREQUESTS;
            default -> ErrorCode.UNKNOWN;
        };
    }
}
