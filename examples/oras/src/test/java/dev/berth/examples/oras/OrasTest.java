package dev.berth.examples.oras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import land.oras.Annotations;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.LocalPath;
import land.oras.Manifest;
import land.oras.ManifestDescriptor;
import land.oras.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts, and what refers to them. */
@RegistryExtension
class OrasTest {

    private static final ArtifactType SIGNATURE = ArtifactType.from("application/vnd.example.signature");
    private static final ArtifactType SBOM = ArtifactType.from("application/vnd.example.sbom");

    @TempDir
    private Path directory;

    private final Registry oras = Registry.builder().insecure().build();
    private Path file;

    @BeforeEach
    void writeAFile() throws Exception {
        file = Files.writeString(directory.resolve("hello.txt"), "hello");
    }

    @Test
    void anArtifactIsPushedAndPulled(@RegistryAddress String address) throws Exception {
        ContainerRef reference = ContainerRef.parse(address + "/team/artifact:1.0");

        Manifest pushed = push(reference, SBOM);
        Path target = Files.createDirectory(directory.resolve("pulled"));
        oras.pullArtifact(reference, target, true);

        assertThat(target.resolve("hello.txt")).hasContent("hello");
        assertThat(oras.getManifest(reference).getDigest()).isEqualTo(pushed.getDigest());
        assertThat(oras.getTags(reference).tags()).containsExactly("1.0");
    }

    @Test
    void whatIsAttachedIsFoundByItsType(dev.berth.registry.Registry registry, @RegistryAddress String address)
            throws Exception {
        ContainerRef reference = ContainerRef.parse(address + "/team/artifact:1.0");
        push(reference, ArtifactType.from("application/vnd.example.app"));
        Manifest signature = oras.attachArtifact(reference, SIGNATURE, LocalPath.of(file, "text/plain"));
        Manifest sbom = oras.attachArtifact(reference, SBOM, LocalPath.of(file, "text/plain"));

        String subject = registry.manifest(new RepositoryName("team/artifact"), new Tag("1.0"))
                .orElseThrow()
                .digest()
                .toString();
        ContainerRef byDigest = reference.withDigest(subject);

        assertThat(digests(oras.getReferrers(byDigest, null).getManifests()))
                .containsExactlyInAnyOrder(
                        signature.getDescriptor().getDigest(),
                        sbom.getDescriptor().getDigest());
        assertThat(digests(oras.getReferrers(byDigest, SIGNATURE).getManifests()))
                .containsExactly(signature.getDescriptor().getDigest());
        assertThat(registry.tags(new RepositoryName("team/artifact"), java.util.Optional.empty(), 10)
                        .orElseThrow()
                        .items())
                .as("the registry keeps the list of referrers: no tag is needed for it")
                .containsExactly(new Tag("1.0"));
    }

    @Test
    void aBlobIsPushedInChunks(@RegistryAddress String address) throws Exception {
        byte[] content = new byte[3 << 20];
        Path large = Files.write(directory.resolve("large"), content);

        String digest = oras.pushBlobChunked(ContainerRef.parse(address + "/team/chunks"), large, 1 << 20)
                .getDigest();

        assertThat(oras.getBlob(ContainerRef.parse(address + "/team/chunks@" + digest)))
                .isEqualTo(content);
    }

    private Manifest push(ContainerRef reference, ArtifactType type) {
        return oras.pushArtifact(
                reference, type, Annotations.empty(), Config.empty(), LocalPath.of(file, "text/plain"));
    }

    private static List<String> digests(List<ManifestDescriptor> manifests) {
        return manifests.stream().map(ManifestDescriptor::getDigest).toList();
    }
}
