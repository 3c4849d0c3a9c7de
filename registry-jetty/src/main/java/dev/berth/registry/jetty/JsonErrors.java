package dev.berth.registry.jetty;

import dev.berth.registry.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty itself refuses in the form that clients of a registry read, and tells nothing of the server. */
final class JsonErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ErrorCode code = status >= 500 ? ErrorCode.UNKNOWN : ErrorCode.UNSUPPORTED;
        String message = "the server does not take this request: " + HttpStatus.getMessage(status);
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, BufferUtil.toBuffer(body, StandardCharsets.US_ASCII), callback);
        return true;
    }
}
