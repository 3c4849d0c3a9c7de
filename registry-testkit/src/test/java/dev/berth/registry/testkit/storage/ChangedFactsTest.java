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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts that were read are remembered; what others do to their files meanwhile is seen all the same. */
class ChangedFactsTest {

    private static final String KEY = "repositories/app/_manifests/tags/1.0/current/link";
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-02-03T04:05:06.123456Z"));

    @TempDir
    private Path directory;

    private Storage storage;
    private MetadataStore facts;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        storage = FileStorage.open(directory, Durability.FAST);
        facts = storage.metadata();
        file = directory.resolve("docker/registry/v2").resolve(KEY);
        facts.put(KEY, text("one"));
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @Test
    void aFileThatHasNotChangedIsNotReadAgain() throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);
        readSomeTimes();

        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, LONG_AGO);

        assertThat(facts.get(KEY)).contains(text("one"));
    }

    @Test
    void whatIsWrittenInPlaceIsSeen() throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);
        readSomeTimes();

        Files.writeString(file, "two");

        assertThat(facts.get(KEY)).contains(text("two"));
    }

    @Test
    void whatIsWrittenInPlaceWithinOneStepOfTheClockIsSeen() throws IOException {
        // As if the clock of the file system stood still for as long as this takes.
        FileTime step = FileTime.from(Instant.now().plus(Duration.ofMinutes(1)));
        Files.setLastModifiedTime(file, step);
        readSomeTimes();

        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, step);

        assertThat(facts.get(KEY)).contains(text("two"));
    }

    @Test
    void anotherFileOfTheSameTimeAndLengthIsSeen() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "two");
        Files.setLastModifiedTime(other, LONG_AGO);
        Files.setLastModifiedTime(file, LONG_AGO);
        readSomeTimes();

        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(facts.get(KEY)).contains(text("two"));
    }

    @Test
    void aFileThatIsGoneIsGone() throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);
        readSomeTimes();

        Files.delete(file);

        assertThat(facts.get(KEY)).isEmpty();
    }

    @Test
    void whatIsPutOrDeletedHereIsSeen() throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);
        readSomeTimes();

        facts.put(KEY, text("two"));
        assertThat(facts.get(KEY)).contains(text("two"));
        assertThat(facts.replace(KEY, text("two"), text("six"))).isTrue();
        assertThat(facts.get(KEY)).contains(text("six"));
        facts.delete(KEY);
        assertThat(facts.get(KEY)).isEmpty();
    }

    @Test
    void whatIsReturnedIsTheCallersToChange() throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);

        for (int i = 0; i < 3; i++) {
            byte[] value = facts.get(KEY).orElseThrow();
            assertThat(value).isEqualTo(text("one"));
            value[0] = '!';
        }
    }

    /** What is read once is not remembered. */
    private void readSomeTimes() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(facts.get(KEY)).contains(text("one"));
        }
    }
}
