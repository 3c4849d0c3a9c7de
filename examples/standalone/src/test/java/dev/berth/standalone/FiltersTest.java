package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryRequest.Connection;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {

    private final Registry registry = new StoredRegistry(new MemoryStorage(), RegistryOptions.defaults());

    @Test
    void locationIsAtTheUrlThatClientsUse() {
        HttpFilter filter = new ExternalLocation("https://registry.example.com/mirror");

        assertThat(answer(filter, "POST", "/v2/app/blobs/uploads/").headers().first("Location"))
                .hasValueSatisfying(
                        l -> assertThat(l).startsWith("https://registry.example.com/mirror/v2/app/blobs/uploads/"));
        assertThat(answer(filter, "GET", "/v2/").headers().first("Location")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/v2/, 200", "/v2/app/manifests/none, 404", "/nowhere, 404"})
    void moreHeadersAreInEveryAnswer(String target, int status) {
        HttpFilter filter = new MoreHeaders(Headers.of("X-One", "1", "X-Two", "a", "X-Two", "b"));

        RegistryResponse answer = answer(filter, "GET", target);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().all("X-One")).containsExactly("1");
        assertThat(answer.headers().all("X-Two")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/_catalog, 2",
        "/v2/_catalog?n=9, 2",
        "/v2/_catalog?n=1, 1",
        "/v2/app0/tags/list, 3",
        "/v2/app0/tags/list?n=9, 3",
        "/v2/app0/tags/list?n=2, 2"
    })
    void catalogueAndTagsHaveLimitsOfTheirOwn(String target, int entries) throws Exception {
        byte[] index =
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
                        .getBytes(StandardCharsets.US_ASCII);
        Manifest manifest = Manifest.parse(index, Optional.empty(), DigestAlgorithm.SHA256);
        List<Tag> tags = List.of(new Tag("a"), new Tag("b"), new Tag("c"), new Tag("d"));
        for (int i = 0; i < 4; i++) {
            registry.putManifest(new RepositoryName("app" + i), manifest, tags);
        }

        RegistryResponse answer = answer(new PageLimits(2, 3), "GET", target);

        String body = StandardCharsets.UTF_8
                .decode(answer.body().inMemory().orElseThrow())
                .toString();
        String list = body.substring(body.indexOf('[') + 1, body.indexOf(']'));
        assertThat(list.split(",")).hasSize(entries);
        assertThat(answer.headers().first("Link")).isPresent();
    }

    @Test
    void aNumberThatIsNoneIsStillRefused() {
        assertThat(answer(new PageLimits(2, 3), "GET", "/v2/_catalog?n=many").status())
                .isEqualTo(400);
    }

    private RegistryResponse answer(HttpFilter filter, String method, String target) {
        RegistryHandler handler =
                RegistryHandler.of(registry, HttpOptions.defaults().plusFilter(filter));
        return handler.handle(RegistryRequest.of(
                        method,
                        target,
                        Headers.of("Host", "localhost", "Content-Length", "0"),
                        RequestBody.empty(),
                        new Connection("127.0.0.1", false, "localhost:5000")))
                .toCompletableFuture()
                .join();
    }
}
