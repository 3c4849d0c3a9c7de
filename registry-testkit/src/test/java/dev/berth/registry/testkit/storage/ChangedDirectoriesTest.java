package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that were read are remembered, small ones and large; what others do to them meanwhile is seen all the same. */
class ChangedDirectoriesTest {

    private static final String PARENT = "repositories/app";
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-02-03T04:05:06.123456Z"));

    @TempDir
    private Path root;

    private Storage storage;
    private MetadataStore facts;
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        storage = FileStorage.open(root, Durability.FAST);
        facts = storage.metadata();
        directory = root.resolve("docker/registry/v2").resolve(PARENT);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300})
    void aDirectoryThatHasNotChangedIsNotReadAgain(int size) throws IOException {
        fill(size);
        Files.setLastModifiedTime(directory, LONG_AGO);
        listSomeTimes();

        Files.createDirectory(directory.resolve("new"));
        Files.setLastModifiedTime(directory, LONG_AGO);

        assertThat(list()).hasSize(size).doesNotContain("new");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300})
    void whatOthersAddAndTakeAwayIsSeen(int size) throws IOException {
        fill(size);
        Files.setLastModifiedTime(directory, LONG_AGO);
        listSomeTimes();

        Files.createDirectory(directory.resolve("new"));
        assertThat(list()).hasSize(size + 1).contains("new");

        Files.setLastModifiedTime(directory, LONG_AGO);
        listSomeTimes();
        Files.delete(directory.resolve("new"));
        assertThat(list()).hasSize(size).doesNotContain("new");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300})
    void whatIsAddedWithinOneStepOfTheClockIsSeen(int size) throws IOException {
        fill(size);
        // As if the clock of the file system stood still for as long as this takes.
        FileTime step = FileTime.from(Instant.now().plus(Duration.ofMinutes(1)));
        Files.setLastModifiedTime(directory, step);
        listSomeTimes();

        Files.createDirectory(directory.resolve("new"));
        Files.setLastModifiedTime(directory, step);

        assertThat(list()).hasSize(size + 1).contains("new");
    }

    @Test
    void aDirectoryThatWasNotThereIsSeenWhenItIs() throws IOException {
        listSomeTimes();

        fill(1);

        assertThat(list()).hasSize(1);
    }

    private void fill(int size) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < size; i++) {
            facts.put(PARENT + "/child-" + i + "/link", text("value"));
        }
    }

    private void listSomeTimes() throws IOException {
        for (int i = 0; i < 3; i++) {
            list();
        }
    }

    private List<String> list() throws IOException {
        return facts.children(PARENT, Optional.empty(), 1000);
    }
}
