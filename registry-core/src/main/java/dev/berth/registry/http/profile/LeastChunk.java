package dev.berth.registry.http.profile;

import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import java.util.concurrent.CompletionStage;

/**
 * A chunk has a least length, which a client is told and has to keep to, but for the last one: what comes after a shorter one is
 * refused. Safe for use by several threads.
 */
public final class LeastChunk implements Quirk {

    private final int bytes;
    private final UploadTerms terms = new UploadTerms();

    /**
     * A least length.
     *
     * @param bytes at least 1
     * @throws IllegalArgumentException if it is less
     */
    public LeastChunk(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A chunk has a least length of 1 byte or more, not of " + bytes);
        }
        this.bytes = bytes;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        return terms.filter(request, heard -> next.handle(heard).thenApply(r -> told(heard, r)));
    }

    private RegistryResponse told(RegistryRequest request, RegistryResponse response) {
        return request.isTo(Endpoint.UPLOAD_BEGIN) && response.status() == 202
                ? response.with("OCI-Chunk-Min-Length", Integer.toString(bytes))
                : response;
    }

    @Override
    public String toString() {
        return "chunks of at least " + bytes + " bytes";
    }
}
