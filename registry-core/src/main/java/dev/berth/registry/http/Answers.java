package dev.berth.registry.http;

/** The forms that answers share. */
final class Answers {

    static final String API_VERSION = "Docker-Distribution-Api-Version";
    static final String REGISTRY_2 = "registry/2.0";
    static final String CONTENT_DIGEST = "Docker-Content-Digest";
    static final String UPLOAD_UUID = "Docker-Upload-UUID";

    private Answers() {}

    /** An answer whose body is in memory; a {@code HEAD} gets its header fields alone. */
    static RegistryResponse json(RegistryRequest request, int status, byte[] body, String type, Headers more) {
        Headers headers = Headers.of(
                        API_VERSION, REGISTRY_2, "Content-Type", type, "Content-Length", Integer.toString(body.length))
                .plusAll(more);
        boolean head = request.method().equals("HEAD");
        return new RegistryResponse(status, headers, head ? ResponseBody.empty() : ResponseBody.of(body));
    }

    /** An answer without a body. */
    static RegistryResponse plain(int status, String... namesAndValues) {
        RegistryResponse response = RegistryResponse.of(status, namesAndValues);
        return new RegistryResponse(status, response.headers().plus(API_VERSION, REGISTRY_2), response.body());
    }
}
