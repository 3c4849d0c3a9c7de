package dev.berth.examples.jib;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a build tool does: push an image, and build another on top of it. */
@RegistryExtension
class JibTest {

    private static final RepositoryName BASE = new RepositoryName("team/base");
    private static final RepositoryName APP = new RepositoryName("team/app");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void anImageIsPushedAndBuiltUpon(ImageFormat format, Registry registry, @RegistryAddress String address)
            throws Exception {
        JibContainer base = push(image(Jib.fromScratch(), "base", 1_000).setFormat(format), address, BASE);

        JibContainer app = push(
                image(Jib.from(RegistryImage.named(address + "/" + BASE + ":1.0")), "app", 2_000)
                        .setFormat(format),
                address,
                APP);

        Manifest baseManifest = registry.manifest(BASE, new Tag("1.0")).orElseThrow();
        Manifest appManifest = registry.manifest(APP, new Tag("1.0")).orElseThrow();
        assertThat(baseManifest.digest()).hasToString(base.getDigest().toString());
        assertThat(appManifest.digest()).hasToString(app.getDigest().toString());
        assertThat(appManifest.layers())
                .hasSize(2)
                .as("the base's layer is in the new image")
                .containsAll(baseManifest.layers());
        assertThat(appManifest.mediaType())
                .isEqualTo(format == ImageFormat.OCI ? MediaTypes.OCI_MANIFEST : MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void anImageOfFiveLayersAndAHundredMegabytesIsPushed(Registry registry, @RegistryAddress String address)
            throws Exception {
        JibContainerBuilder image = Jib.fromScratch();
        for (int i = 0; i < 5; i++) {
            image(image, "layer" + i, 20 << 20);
        }

        push(image, address, APP);

        Manifest manifest = registry.manifest(APP, new Tag("1.0")).orElseThrow();
        assertThat(manifest.layers())
                .hasSize(5)
                .allSatisfy(layer -> assertThat(registry.blob(APP, layer.digest())
                                .orElseThrow()
                                .descriptor()
                                .size())
                        .isEqualTo(layer.size())
                        .isGreaterThan(20 << 20));
    }

    @Test
    void anImageForSeveralPlatformsIsPushedAsAList(Registry registry, @RegistryAddress String address)
            throws Exception {
        push(
                image(Jib.fromScratch(), "any", 1_000)
                        .setFormat(ImageFormat.Docker)
                        .setPlatforms(Set.of(new Platform("amd64", "linux"), new Platform("arm64", "linux"))),
                address,
                APP);

        Manifest list = registry.manifest(APP, new Tag("1.0")).orElseThrow();
        assertThat(list.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
        assertThat(list.manifests())
                .extracting(child -> child.platform().orElseThrow().toString())
                .containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
    }

    /** Adds a layer of a file that does not compress. */
    private JibContainerBuilder image(JibContainerBuilder builder, String name, int size) throws Exception {
        byte[] content = new byte[size];
        new Random(name.hashCode()).nextBytes(content);
        Path file = Files.write(directory.resolve(name), content);
        return builder.addLayer(List.of(file), AbsoluteUnixPath.get("/" + name)).setEntrypoint("/" + name);
    }

    private JibContainer push(JibContainerBuilder image, String address, RepositoryName repository) throws Exception {
        return image.containerize(Containerizer.to(RegistryImage.named(address + "/" + repository + ":1.0"))
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(directory.resolve("base-cache"))
                .setApplicationLayersCache(directory.resolve("app-cache")));
    }
}
