package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    /** Names that hold the words endpoints are called by, which must not be mistaken for them. */
    private static final List<String> NAMES = List.of(
            "a", "a/b/c", "blobs", "blobs/uploads", "manifests/tags", "tags/list", "v2", "a/referrers", "uploads/x");

    static Stream<Route> routes() {
        Digest digest = Digest.of(new byte[0]);
        return Stream.concat(
                Stream.of(new Route.Root(), new Route.Base(), new Route.Catalog()),
                NAMES.stream()
                        .map(RepositoryName::new)
                        .flatMap(name -> Stream.of(
                                new Route.Tags(name),
                                new Route.Referrers(name, digest),
                                new Route.Manifest(name, new Tag("list")),
                                new Route.Manifest(name, digest),
                                new Route.Blob(name, digest),
                                new Route.Uploads(name),
                                new Route.Upload(name, new UploadId("0b5f9b1e-45dc-4a3b-8a35-1d4c5d6d1b0e")))));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void whatIsWrittenIsReadBack(Route route) {
        assertThat(Route.parse(route.path())).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/a%2Fb/tags/list, NAME_INVALID",
        "/v2/a/b%2f..%2fc/tags/list, NAME_INVALID",
        "/v2/../etc/tags/list, NAME_INVALID",
        "/v2/%2e%2e/tags/list, NAME_INVALID",
        "/v2//tags/list, UNSUPPORTED",
        "/v2/a//b/tags/list, NAME_INVALID",
        "/v2/a;b/tags/list, NAME_INVALID",
        "/v2/a%00/tags/list, NAME_INVALID",
        "/v2/a%zz/tags/list, NAME_INVALID",
        "/v2/a/manifests/..%2f..%2fsecret, NAME_INVALID",
        "/v2/a/blobs/uploads/..%2f.., NAME_INVALID",
        "/v2/a/uploads/x, UNSUPPORTED",
        "/v2/a, UNSUPPORTED",
        "/v2/a/b, UNSUPPORTED",
        "/v3/, UNSUPPORTED",
        "/v2x/a/tags/list, UNSUPPORTED"
    })
    void whatNamesNothingIsInvalid(String path, ErrorCode code) {
        assertThat(Route.parse(path)).isInstanceOfSatisfying(Route.Invalid.class, invalid -> {
            assertThat(invalid.problem().code()).isEqualTo(code);
            assertThat(invalid.path()).isEqualTo(path);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/a/blobs/uploads", "/v2/a/blobs/uploads/"})
    void uploadsAreFoundWithAndWithoutASlash(String path) {
        assertThat(Route.parse(path)).isEqualTo(new Route.Uploads(new RepositoryName("a")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readingNeverThrowsAndWhatIsReadIsWrittenBack(long seed) {
        Random random = new Random(seed);
        String[] words = {
            "/", "v2", "a", "blobs", "uploads", "manifests", "tags", "list", "%2e", "..", "sha256:", "_", "%"
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder path = new StringBuilder("/v2/");
            for (int length = random.nextInt(8); length > 0; length--) {
                path.append(words[random.nextInt(words.length)]);
            }
            Route route = Route.parse(path.toString());
            if (!(route instanceof Route.Invalid)) {
                assertThat(Route.parse(route.path())).isEqualTo(route);
            }
        }
    }
}
