package dev.berth.examples.junit;

import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Registry;
import dev.berth.registry.image.Image;
import dev.berth.registry.junit5.RegistryJUnitExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mirror tool, skopeo, between two registries; left out where it is not installed. */
class MirrorTest {

    @RegisterExtension
    final RegistryJUnitExtension source =
            RegistryJUnitExtension.builder().seed(MirrorTest::fill).build();

    @RegisterExtension
    final RegistryJUnitExtension target = RegistryJUnitExtension.builder().build();

    private static void fill(Registry registry) throws Exception {
        Image base = Image.random(1, 100_000);
        Image amd = Image.builder()
                .from(base)
                .platform("linux/amd64")
                .file("/arch", "amd")
                .build();
        Image arm = Image.builder()
                .from(base)
                .platform("linux/arm64")
                .file("/arch", "arm")
                .build();
        Image.index().add(amd).add(arm).build().pushTo(registry, "team/app", "1.0");
    }

    @BeforeEach
    void needsSkopeo() {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "skopeo"))));
    }

    @Test
    void everythingIsCopiedAndNothingTwice() throws Exception {
        copy();

        assertThat(target.registry())
                .repository("team/app")
                .hasTag("1.0")
                .pointingTo(Image.pull(source.registry(), "team/app", "1.0"))
                .image()
                .hasPlatforms("linux/amd64", "linux/arm64")
                .forPlatform("linux/arm64")
                .containsFile("/arch", "arm");
        assertThat(source.journal()).pulledNoBlobTwice().didNotPushTo("team/app");
    }

    @Test
    void whatIsThereIsNotCopiedAgain() throws Exception {
        copy();
        source.journal().clear();
        target.journal().clear();

        copy();

        assertThat(target.journal()).uploadedBlobs(0);
    }

    @Test
    void aPullThatIsCutIsNotTakenForTheWhole() throws Exception {
        source.faults().on(blobGet()).after(1).truncate(50);

        assertTrue(skopeo() != 0);

        assertThat(target.registry()).repository("team/app").hasNoTag("1.0");
    }

    private void copy() throws IOException, InterruptedException {
        assertEquals(0, skopeo());
    }

    private int skopeo() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "skopeo",
                        "copy",
                        "--all",
                        "--preserve-digests",
                        "--src-tls-verify=false",
                        "--dest-tls-verify=false",
                        "docker://" + source.address() + "/team/app:1.0",
                        "docker://" + target.address() + "/team/app:1.0")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }
}
