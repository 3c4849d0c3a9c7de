package dev.berth.standalone.command;

import static dev.berth.standalone.command.StoredSamples.LAYER;
import static dev.berth.standalone.command.StoredSamples.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage is found by one command. */
class VerifyTest {

    @TempDir
    private Path directory;

    private String data;

    @BeforeEach
    void fill() throws IOException {
        StoredSamples.fill(directory);
        data = directory.toString();
    }

    @Test
    void whatIsWholeIsSaidToBe() {
        CommandRun run = CommandRun.of("verify", "--data", data, "--rate", "1000");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("verified 6 blobs of ")
                .endsWith(", 1 repository, 2 manifests and 1 tag: all is whole" + System.lineSeparator());
        assertThat(run.err().lines())
                .containsExactly("counting ...", "reading blobs ...", "following tags and manifests ...");
    }

    @Test
    void damageIsNamedAndCounts() throws IOException {
        Files.writeString(file(directory, Digest.of(LAYER)), "LAYER");

        CommandRun run = CommandRun.of("verify", "-q", "--data", data);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("the bytes of " + Digest.of(LAYER) + " are others now")
                .contains("the manifest team/app@" + StoredSamples.image(LAYER).digest() + " needs " + Digest.of(LAYER))
                .contains(": 2 damages");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatIsMovedAwayIsHealedByAPush() throws IOException {
        Files.writeString(file(directory, Digest.of(LAYER)), "LAYER");

        assertThat(CommandRun.of("verify", "--quarantine", "--data", data).out())
                .contains("; moved to ");
        assertThat(CommandRun.of("verify", "--data", data).status()).isEqualTo(1);
        try (Storage storage = FileStorage.open(directory)) {
            StoredSamples.pushBlob(new StoredRegistry(storage), LAYER);
        }

        assertThat(CommandRun.of("verify", "--data", data).status()).isZero();
        assertThat(directory.resolve("docker/registry/_quarantine")).isNotEmptyDirectory();
    }

    @Test
    void aServerMayGoOnMeanwhileUnlessSomethingIsToBeMoved() throws IOException {
        try (Storage served = FileStorage.open(directory)) {
            assertThat(CommandRun.of("verify", "--data", data).status()).isZero();

            CommandRun refused = CommandRun.of("verify", "--quarantine", "--data", data);
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("is being written to by");
            assertThat(served.toString()).contains(data);
        }
    }

    @Test
    void aTerminalShowsABar() {
        assertThat(CommandRun.in(Map.of(), true, "verify", "--data", data).err())
                .contains("[........................] 0% reading blobs: 0 of 6")
                .contains("following tags and manifests: 0 of 1 repository; damages: 0");
    }
}
