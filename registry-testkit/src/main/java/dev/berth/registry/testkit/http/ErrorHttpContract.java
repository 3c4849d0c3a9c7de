package dev.berth.registry.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.testkit.http.RegistryClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The base endpoint, and what is said of requests that name nothing (OCI Distribution Specification, "Error Codes"). */
public abstract class ErrorHttpContract extends HttpContract {

    @Test
    void theBaseTellsThatThisIsARegistry() {
        Answer answer = client().send("GET", "/v2/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{}");
        assertThat(answer.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        assertThat(client().send("GET", "/v2").status()).isEqualTo(200);
        assertThat(client().send("GET", "/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/UPPER/tags/list, 400, NAME_INVALID",
        "GET, /v2/a..b/tags/list, 400, NAME_INVALID",
        "GET, /v2/_private/tags/list, 400, NAME_INVALID",
        "GET, /v2/app/manifests/.bad, 400, TAG_INVALID",
        "GET, /v2/app/manifests/sha256:12, 400, DIGEST_INVALID",
        "GET, /v2/app/blobs/latest, 400, DIGEST_INVALID",
        "GET, /v2/app/blobs/uploads/no_such_id, 404, BLOB_UPLOAD_UNKNOWN",
        "GET, /v2/app/unknown/latest, 404, UNSUPPORTED",
        "GET, /v1/search, 404, UNSUPPORTED",
        "POST, /v2/, 405, UNSUPPORTED",
        "POST, /v2/app/manifests/latest, 405, UNSUPPORTED",
        "PUT, /v2/_catalog, 405, UNSUPPORTED"
    })
    void aRequestThatMakesNoSenseIsToldSo(String method, String path, int status, String code) {
        Answer answer = client().send(method, path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).startsWith("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"");
        assertThat(answer.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    }

    @Test
    void theMethodsThatGoWithAPathAreNamed() {
        Answer answer = client().send("POST", "/v2/app/manifests/latest");

        assertThat(answer.header("Allow")).isEqualTo("HEAD, GET, PUT, DELETE");
    }
}
