package dev.berth.registry.http;

import dev.berth.registry.RegistryException;

/**
 * A response. Its header fields are complete, {@code Content-Length} included; whoever sends it adds only what belongs to
 * the connection, and closes the body.
 *
 * @param status the HTTP status
 * @param headers the header fields
 * @param body the body; empty in the answer to a {@code HEAD} request, whatever {@code Content-Length} says
 */
public record RegistryResponse(int status, Headers headers, ResponseBody body) {

    /** A response without a body. */
    public static RegistryResponse of(int status, String... namesAndValues) {
        Headers headers = Headers.of(namesAndValues);
        boolean bodiless = status == 204 || status == 304;
        return new RegistryResponse(
                status, bodiless ? headers : headers.plus("Content-Length", "0"), ResponseBody.empty());
    }

    /** The answer to a request that is refused, in the form that the specification gives errors ("Error Codes"). */
    public static RegistryResponse refusing(RegistryRequest request, RegistryException refusal) {
        return Failures.refuse(request, refusal);
    }

    /** The same with a header field set, in place of any of that name. */
    public RegistryResponse with(String name, String value) {
        return new RegistryResponse(status, headers.with(name, value), body);
    }

    /** The same with another body. The one there was is the caller's to close. */
    public RegistryResponse withBody(ResponseBody newBody) {
        return new RegistryResponse(status, headers, newBody);
    }
}
