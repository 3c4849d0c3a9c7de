package dev.berth.registry.http.profile;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How a registry's own ways say no: with a status of their choice. */
final class Refusal {

    private Refusal() {}

    static CompletionStage<RegistryResponse> of(RegistryRequest request, int status, ErrorCode code, String message) {
        RegistryException refusal = new RegistryException(status, List.of(new RegistryError(code, message)));
        return CompletableFuture.completedFuture(RegistryResponse.refusing(request, refusal));
    }
}
