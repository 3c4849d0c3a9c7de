package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageBuilderTest {

    private static Image full() {
        return Image.builder()
                .layer(layer -> layer.file("/app/run", "#!/bin/sh\n", Attributes.executable()))
                .layer(Layer.of("/etc/motd", "hello"))
                .entrypoint("/app/run")
                .cmd("--port", "8080")
                .env("B", "2")
                .env("A", "x=y")
                .label("team", "demo")
                .user("1000:1000")
                .workdir("/app")
                .exposedPort(8080)
                .exposedPort("53/udp")
                .volume("/data")
                .stopSignal("SIGTERM")
                .author("somebody")
                .created(Instant.parse("2024-02-03T04:05:06Z"))
                .history("COPY run /app")
                .history(new History(Instant.EPOCH, "ENV A=x=y", "none", true))
                .platform("linux/arm64/v8")
                .annotation("org.example", "yes")
                .build();
    }

    @Test
    void whatTheBuilderIsToldIsWhatTheConfigurationSays() throws IOException {
        ImageConfig config = full().config();

        assertThat(config.platform()).isEqualTo(new Platform("linux", "arm64", Optional.of("v8")));
        assertThat(config.created()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(config.author()).isEqualTo("somebody");
        assertThat(config.entrypoint()).containsExactly("/app/run");
        assertThat(config.cmd()).containsExactly("--port", "8080");
        assertThat(config.env()).containsExactly(Map.entry("B", "2"), Map.entry("A", "x=y"));
        assertThat(config.labels()).containsExactly(Map.entry("team", "demo"));
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.workdir()).isEqualTo("/app");
        assertThat(config.exposedPorts()).containsExactly("53/udp", "8080/tcp");
        assertThat(config.volumes()).containsExactly("/data");
        assertThat(config.stopSignal()).isEqualTo("SIGTERM");
        assertThat(config.history()).extracting(History::emptyLayer).containsExactly(false, true);
        assertThat(config.diffIds())
                .containsExactly(
                        full().layers().get(0).diffId(), full().layers().get(1).diffId());
    }

    /** The digests are fixed here so that a change of them is noticed, whatever causes it. */
    @Test
    void theSameProgramMakesTheSameDigests() throws IOException {
        Image uncompressed = Image.builder()
                .layer(Layer.builder()
                        .file("/b", "b")
                        .directory("/a")
                        .symlink("/c", "a")
                        .compression(Compression.NONE)
                        .build())
                .label("z", "1")
                .label("a", "2")
                .annotation("z", "1")
                .annotation("a", "2")
                .build();

        assertThat(full()).isEqualTo(full());
        assertThat(uncompressed.layers().get(0).digest().hex())
                .isEqualTo("4a8a27758abf31fed94dee4a9ab2402fa42dff6cc24fe8b968e61f095e0e5580");
        assertThat(uncompressed.digest().hex())
                .isEqualTo("e0fe78bf982fc82af09a1d5ebddbf5f0eb1155bf48754eb9a679c440c56e8613");
        assertThat(ByteSource.random(42, 16).open().readAllBytes())
                .asHexString()
                .isEqualTo("956EEB2F2632D7BD03F166B233E3EF28");
    }

    @Test
    void manifestsAreSortedAndNameTheirType() {
        String manifest =
                StandardCharsets.UTF_8.decode(full().manifest().content()).toString();

        assertThat(manifest)
                .startsWith(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{")
                .endsWith("\"annotations\":{\"org.example\":\"yes\"}}");
        assertThat(full().manifest().namesItsType()).isTrue();
    }

    @Test
    void dockersFormatHasDockersTypes() {
        Image image = Image.builder()
                .format(ImageFormat.DOCKER)
                .file("/a", "a")
                .layer(Layer.builder()
                        .file("/b", "b")
                        .compression(Compression.NONE)
                        .build())
                .build();

        assertThat(image.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(image.manifest().config().map(Descriptor::mediaType)).contains(MediaTypes.DOCKER_CONFIG);
        assertThat(image.layers())
                .extracting(Layer::mediaType)
                .containsExactly(MediaTypes.DOCKER_LAYER_GZIP, "application/vnd.docker.image.rootfs.diff.tar");
    }

    @Test
    void dockersFormatHasNoZstd() {
        ImageBuilder builder = Image.builder()
                .format(ImageFormat.DOCKER)
                .compression(Compression.ZSTD)
                .file("/a", "a");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no layers in zstd");
    }

    @Test
    void anImageBuiltOnAnotherHasItsLayersAndConfiguration() throws IOException {
        Image base = Image.builder()
                .file("/base", "base")
                .env("PATH", "/bin")
                .cmd("sh")
                .build();

        Image image = Image.builder()
                .from(base)
                .file("/app", "app")
                .env("HOME", "/root")
                .build();

        assertThat(image.layers().get(0)).isEqualTo(base.layers().get(0));
        assertThat(image.config().env()).containsExactly(Map.entry("PATH", "/bin"), Map.entry("HOME", "/root"));
        assertThat(image.config().cmd()).containsExactly("sh");
        assertThat(image.config().diffIds()).hasSize(2);
        assertThat(image.files().all()).extracting(ImageFile::path).containsExactly("/app", "/base");
    }

    @Test
    void anIndexNamesThePlatformsOfItsImages() throws IOException {
        Image amd = Image.builder().file("/a", "amd").build();
        Image arm = Image.builder().file("/a", "arm").platform("linux/arm/v7").build();
        Image inner = Image.index().add(arm).build();
        Image index = Image.index().add(amd).add(inner).annotation("k", "v").build();

        assertThat(index.isIndex()).isTrue();
        assertThat(index.manifest().manifests())
                .extracting(Descriptor::platform)
                .containsExactly(Optional.of(new Platform("linux", "amd64")), Optional.empty());
        assertThat(index.forPlatform("linux/amd64")).isEqualTo(amd);
        assertThat(index.forPlatform("linux/arm")).isEqualTo(arm);
        assertThat(arm.forPlatform("linux/arm/v7")).isEqualTo(arm);
        assertThatThrownBy(() -> index.forPlatform("linux/s390x"))
                .hasMessageContaining("it has linux/amd64, linux/arm/v7");
        assertThatThrownBy(() -> index.forPlatform("linux")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(index::config)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forPlatform");
        assertThatThrownBy(index::files).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aManifestListIsAnIndexOfDockers() {
        Image image = Image.builder().format(ImageFormat.DOCKER).file("/a", "a").build();
        Image list = Image.index().format(ImageFormat.DOCKER).add(image).build();

        assertThat(list.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
        assertThat(Image.index().build().isIndex()).isTrue();
    }

    @Test
    void anArtifactHasATypeASubjectAndFiles() throws IOException {
        Image image = Image.random(1, 10);
        Image artifact = Image.artifact()
                .artifactType("application/spdx+json")
                .file("sbom.json", "application/spdx+json", "{\"spdx\":1}")
                .subject(image)
                .annotation("by", "test")
                .build();

        assertThat(artifact.descriptor().artifactType()).contains("application/spdx+json");
        assertThat(artifact.manifest().subject().map(Descriptor::digest)).contains(image.digest());
        assertThat(artifact.manifest().config().map(Descriptor::mediaType)).contains(MediaTypes.OCI_EMPTY);
        assertThat(artifact.layers().get(0).descriptor().annotations())
                .containsEntry("org.opencontainers.image.title", "sbom.json");
        assertThat(artifact.layers().get(0).open()).hasContent("{\"spdx\":1}");
        assertThat(artifact.isIndex()).isFalse();
    }

    @Test
    void anArtifactWithoutFilesHasTheEmptyBlob() {
        Image artifact = Image.artifact().artifactType("a/b").build();

        assertThat(artifact.layers()).extracting(Layer::mediaType).containsExactly(MediaTypes.OCI_EMPTY);
        assertThat(artifact.layers().get(0).digest()).isEqualTo(Digest.of("{}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> Image.artifact().build()).hasMessageContaining("artifactType()");
    }

    @Test
    void aBaseComesFirst() {
        Image base = Image.random(1, 1);

        assertThatThrownBy(() -> Image.builder().file("/a", "a").from(base))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("from() before layer()");
    }

    @Test
    void anImageNeedNotHaveLayers() throws IOException {
        Image image = Image.builder().build();

        assertThat(image.layers()).isEmpty();
        assertThat(image.files().all()).isEmpty();
        assertThat(image.files().list("/")).isEqualTo(List.of());
    }
}
