package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final String DIGEST = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String IMAGE = """
            {
              "schemaVersion": 2,
              "mediaType": "application/vnd.oci.image.manifest.v1+json",
              "artifactType": "application/vnd.example",
              "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%1$s", "size": 2, "data": "e30="},
              "layers": [
                {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "%1$s", "size": 3,
                 "annotations": {"a": "b"}, "unknown": [1, {"x": 2}]},
                {"mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "digest": "%1$s", "size": 4,
                 "urls": ["https://example.com/layer"]}
              ],
              "subject": {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "%1$s", "size": 5},
              "annotations": {"k": "v"},
              "unknown": {"deep": [[], {}]}
            }""".formatted(DIGEST);

    @Test
    void anImageIsReadAndItsBytesAreKept() {
        Manifest manifest = parse(IMAGE, Optional.empty());

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(StandardCharsets.UTF_8.decode(manifest.content()).toString()).isEqualTo(IMAGE);
        assertThat(manifest.digest()).isEqualTo(Digest.of(IMAGE.getBytes(StandardCharsets.UTF_8)));
        assertThat(manifest.descriptor().artifactType()).contains("application/vnd.example");
        assertThat(manifest.descriptor().annotations()).isEqualTo(Map.of("k", "v"));
        assertThat(manifest.subject()).map(Descriptor::size).contains(5L);
        assertThat(manifest.layers()).extracting(Descriptor::size).containsExactly(3L, 4L);
        assertThat(manifest.requiredBlobs())
                .as("a foreign layer may live elsewhere")
                .extracting(Descriptor::size)
                .containsExactly(2L, 3L);
    }

    @Test
    void theContentCannotBeChanged() {
        Manifest manifest = parse(IMAGE, Optional.empty());

        assertThat(manifest.content().isReadOnly()).isTrue();
    }

    @Test
    void anImageWithoutAnArtifactTypeHasItsConfigs() {
        Manifest manifest = parse(IMAGE.replace("\"artifactType\"", "\"other\""), Optional.empty());

        assertThat(manifest.descriptor().artifactType()).contains(MediaTypes.OCI_CONFIG);
    }

    @Test
    void anIndexIsReadWithItsPlatforms() {
        Manifest manifest = parse(
                "{\"manifests\":[{\"digest\":\"" + DIGEST
                        + "\",\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}}]}",
                Optional.empty());

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(manifest.manifests().get(0).platform())
                .map(Platform::toString)
                .contains("linux/arm64/v8");
    }

    @Test
    void theTypeIsTheManifestsOwnElseTheOneDeclaredElseThatOfItsShape() {
        assertThat(parse("{}", Optional.of("application/vnd.example+json; charset=utf-8"))
                        .mediaType())
                .isEqualTo("application/vnd.example+json");
        assertThat(parse("{}", Optional.of("application/json")).mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(parse("{\"schemaVersion\":1}", Optional.empty()).isSchema1()).isTrue();
        assertThatThrownBy(() -> parse("{\"mediaType\":\"a/b\"}", Optional.of("c/d")))
                .hasMessageContaining("MANIFEST_INVALID")
                .hasMessageContaining("a/b")
                .hasMessageContaining("c/d");
    }

    @Test
    void whatHasAWrongFormIsRefusedByName() {
        Map<String, String> problems = Map.of(
                "[]",
                "JSON object",
                "{\"layers\":{}}",
                "'layers' has to be an array",
                "{\"layers\":[1]}",
                "'layers[0]' has to be a descriptor",
                "{\"layers\":[{\"size\":1}]}",
                "'layers[0]' lacks a digest",
                "{\"layers\":[{\"digest\":\"" + DIGEST + "\"}]}",
                "'layers[0]' lacks a size",
                "{\"layers\":[{\"digest\":\"" + DIGEST + "\",\"size\":-1}]}",
                "'layers[0]' lacks a size",
                "{\"subject\":{\"digest\":\"x\",\"size\":1}}",
                "'subject' has an invalid digest",
                "{\"annotations\":{\"a\":1}}",
                "'annotations.a' has to be a string",
                "{\"layers\":[],\"manifests\":[]}",
                "both an image and an index");

        problems.forEach((content, problem) -> assertThatThrownBy(() -> parse(content, Optional.empty()))
                .as(content)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(problem));
    }

    @Test
    void whateverComesIsReadOrRefusedAndNothingElse() {
        Random random = new Random(5);
        byte[] image = IMAGE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = image.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] = (byte) "{}[]\":,x0\u0000".charAt(random.nextInt(10));
            }
            try {
                Manifest manifest = Manifest.parse(mutated, Optional.empty(), DigestAlgorithm.SHA256);
                assertThat(manifest.layers()).isNotNull();
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
            }
        }
    }

    @Test
    void equalBytesAndTypeAreEqual() {
        assertThat(List.of(parse(IMAGE, Optional.empty()))).contains(parse(IMAGE, Optional.empty()));
        assertThat(parse("{}", Optional.of("a/b"))).isNotEqualTo(parse("{}", Optional.of("c/d")));
    }

    private static Manifest parse(String content, Optional<String> type) {
        return Manifest.parse(content.getBytes(StandardCharsets.UTF_8), type, DigestAlgorithm.SHA256);
    }
}
