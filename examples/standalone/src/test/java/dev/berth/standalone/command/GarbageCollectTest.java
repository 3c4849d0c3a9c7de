package dev.berth.standalone.command;

import static dev.berth.standalone.command.StoredSamples.LAYER;
import static dev.berth.standalone.command.StoredSamples.OLD_LAYER;
import static dev.berth.standalone.command.StoredSamples.UNUSED;
import static dev.berth.standalone.command.StoredSamples.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage is removed by one command. */
class GarbageCollectTest {

    @TempDir
    private Path directory;

    private String data;

    @BeforeEach
    void fill() throws IOException {
        StoredSamples.fill(directory);
        data = directory.toString();
    }

    @Test
    void whatNobodyNeedsGoesAndWhatSomebodyNeedsStays() {
        CommandRun run = CommandRun.of("garbage-collect", "--data", data);

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("removed blob " + Digest.of(UNUSED) + " of 17 B: no repository has it")
                .contains("removed 0 untagged manifests, 1 link to a blob, 0 uploads and 1 blob, which freed 17 bytes");
        assertThat(file(directory, Digest.of(UNUSED))).doesNotExist();
        assertThat(file(directory, Digest.of(LAYER))).exists();
        assertThat(file(directory, Digest.of(OLD_LAYER))).exists();
    }

    @Test
    void aDryRunRemovesNothingAndSaysWhatThenGoes() {
        CommandRun dry = CommandRun.of(
                "garbage-collect", "-d", "--delete-untagged", "--uploads-older-than", "0", "--data", data);
        assertThat(file(directory, Digest.of(UNUSED))).exists();
        assertThat(file(directory, Digest.of(OLD_LAYER))).exists();
        CommandRun real = CommandRun.of("garbage-collect", "-m", "--uploads-older-than=0", "--data", data);

        assertThat(real.out())
                .contains("removed 1 untagged manifest, 2 links to blobs, 1 upload and 3 blobs, which freed ");
        assertThat(dry.out().replace("would remove", "removed").replace("would free", "freed"))
                .isEqualTo(real.out());
        assertThat(file(directory, Digest.of(OLD_LAYER))).doesNotExist();
        assertThat(file(directory, Digest.of(LAYER))).exists();
    }

    @Test
    void whatIsYoungStaysIfAskedFor() {
        CommandRun run = CommandRun.of(
                "garbage-collect", "--grace", "24h", "--untagged-older-than", "24h", "--data", data, "--quiet");

        assertThat(run.out())
                .isEqualTo("removed 0 untagged manifests, 0 links to blobs, 0 uploads and 0 blobs, which freed 0 bytes"
                        + System.lineSeparator());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theDirectoryIsThatOfDockersConfiguration() throws IOException {
        Path file = Files.writeString(
                directory.resolve("config.yml"),
                "version: 0.1\nstorage: {filesystem: {rootdirectory: " + data
                        + "}}\nproxy: {remoteurl: https://a.example}\n");

        assertThat(CommandRun.of("garbage-collect", "--dry-run", file.toString())
                        .out())
                .contains("would remove");
        Map<String, String> variables = Map.of("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", data);
        assertThat(CommandRun.in(variables, false, "garbage-collect").out()).contains("freed 17 bytes");
    }

    @Test
    void aTerminalShowsHowFarItIs() {
        CommandRun run = CommandRun.in(Map.of(), true, "garbage-collect", "--data", data);

        assertThat(run.err())
                .contains("\rlooking through blobs: ".replace("\r", "\r\u001b[K"))
                .endsWith("\r\u001b[K");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void elsewhereEachPartIsALine() {
        assertThat(CommandRun.of("garbage-collect", "--data", data).err().lines())
                .containsExactly(
                        "looking through repositories ...",
                        "looking through blobs ...",
                        "looking through uploads ...",
                        "done ...");
    }

    @Test
    void whatCouldNotBeLookedAtIsSaidAndCounts() throws IOException {
        Files.writeString(file(directory, StoredSamples.image(LAYER).digest()), "no manifest");

        CommandRun run = CommandRun.of("garbage-collect", "--data", data);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("berth: Nothing is removed from team/app")
                .contains("damaged");
        assertThat(file(directory, Digest.of(OLD_LAYER))).exists();
    }

    @Test
    void aDirectoryThatIsBeingServedIsRefused() throws IOException {
        try (Storage served = FileStorage.open(directory)) {
            CommandRun run = CommandRun.of("garbage-collect", "--data", data);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).startsWith("berth: ").contains(directory + " is being written to by this process");
            assertThat(CommandRun.of("garbage-collect", "--dry-run", "--data", data)
                            .out())
                    .contains("which would free 17 bytes");
            assertThat(served.blobs().size(Digest.of(UNUSED))).isPresent();
        }
    }
}
