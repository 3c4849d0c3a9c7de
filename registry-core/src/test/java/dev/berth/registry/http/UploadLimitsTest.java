package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.http.RegistryRequest.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UploadLimitsTest {

    private final List<CompletableFuture<RegistryResponse>> goingOn = new ArrayList<>();
    private final RegistryHandler slow = request -> {
        CompletableFuture<RegistryResponse> answer = new CompletableFuture<>();
        goingOn.add(answer);
        return answer;
    };

    @Test
    void oneTooManyIsToldToComeAgain() {
        UploadLimits limits = UploadLimits.none().total(1);
        CompletableFuture<RegistryResponse> first = send(limits, "PUT", "/v2/a/manifests/1", "alice");

        RegistryResponse second = send(
                        limits, "PATCH", "/v2/b/blobs/uploads/2f0b6e3a-7f0e-4a63-9b59-0d5f8bb0a111", "bob")
                .join();
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.headers().first("Retry-After")).contains("1");

        goingOn.get(0).complete(RegistryResponse.of(201));
        assertThat(first).isCompleted();
        assertThat(send(limits, "POST", "/v2/b/blobs/uploads/", "bob")).isNotDone();
    }

    @Test
    void pullsAreNotLimited() {
        UploadLimits limits = UploadLimits.none().total(1);

        send(limits, "GET", "/v2/a/manifests/1", "alice");
        send(limits, "GET", "/v2/a/manifests/1", "alice");

        assertThat(goingOn).hasSize(2);
    }

    @Test
    void eachRepositoryAndEachCallerHasItsOwnLimit() {
        UploadLimits limits = UploadLimits.none().perRepository(1).perCaller(2);

        assertThat(send(limits, "PUT", "/v2/a/manifests/1", "alice")).isNotDone();
        assertThat(send(limits, "PUT", "/v2/a/manifests/1", "bob").join().status())
                .isEqualTo(429);
        assertThat(send(limits, "PUT", "/v2/b/manifests/1", "alice")).isNotDone();
        assertThat(send(limits, "PUT", "/v2/c/manifests/1", "alice").join().status())
                .isEqualTo(429);
        // What was refused has taken no place.
        assertThat(send(limits, "PUT", "/v2/c/manifests/1", "bob")).isNotDone();
    }

    @Test
    void whoHasNotSaidWhoTheyAreIsKnownByTheirAddress() {
        UploadLimits limits = UploadLimits.none().perCaller(1);

        assertThat(send(limits, "PUT", "/v2/a/manifests/1", "")).isNotDone();
        assertThat(send(limits, "PUT", "/v2/a/manifests/1", "").join().status()).isEqualTo(429);
        assertThat(send(limits, "PUT", "/v2/a/manifests/1", "alice")).isNotDone();
    }

    @Test
    void aFailureGivesThePlaceBack() {
        UploadLimits limits = UploadLimits.none().total(1);
        send(limits, "PUT", "/v2/a/manifests/1", "alice");
        goingOn.get(0).completeExceptionally(new IllegalStateException());

        assertThatThrownBy(() -> limits.filter(request("PUT", "/v2/a/manifests/1", "alice"), r -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(send(limits, "PUT", "/v2/a/manifests/1", "alice")).isNotDone();
    }

    @Test
    void aLimitOfNothingMakesNoSense() {
        assertThatThrownBy(() -> UploadLimits.none().total(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private CompletableFuture<RegistryResponse> send(UploadLimits limits, String method, String path, String user) {
        return limits.filter(request(method, path, user), slow).toCompletableFuture();
    }

    private static RegistryRequest request(String method, String path, String user) {
        RegistryRequest request = RegistryRequest.of(
                method,
                path,
                Headers.none(),
                RequestBody.empty(),
                new Connection("192.0.2.1", false, "registry.example"));
        return user.isEmpty() ? request : request.withCaller(Caller.named(user));
    }
}
