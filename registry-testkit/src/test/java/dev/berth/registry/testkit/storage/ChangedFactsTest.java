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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Facts that were read are remembered; what others do to their files meanwhile is seen all the same. */
@Timeout(60)
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
    void whatIsPutHereIsSeenAtOnceByThoseWhoAskAllTheTime() throws Exception {
        Files.setLastModifiedTime(file, LONG_AGO);
        try (Askers askers = new Askers(facts)) {
            for (int i = 0; i < 300; i++) {
                byte[] value = text("v" + i);
                facts.put(KEY, value);
                // Old enough to be remembered, and asked for until it is.
                Files.setLastModifiedTime(
                        file, FileTime.from(LONG_AGO.toInstant().plusSeconds(i)));
                askers.awaitQuestions(200);
                facts.put(KEY, text("w" + i));
                assertThat(facts.get(KEY)).as("round %d", i).contains(text("w" + i));
                facts.delete(KEY);
                assertThat(facts.get(KEY)).as("round %d", i).isEmpty();
                assertThat(facts.contains(KEY)).as("round %d", i).isFalse();
            }
        }
    }

    @Test
    void whatOthersWriteIsSeenWithinAMomentByThoseWhoAskAllTheTime() throws Exception {
        Files.setLastModifiedTime(file, LONG_AGO);
        try (Askers askers = new Askers(facts)) {
            askers.awaitQuestions(20_000);

            Files.writeString(file, "two");
            Thread.sleep(2);

            assertThat(facts.get(KEY)).contains(text("two"));
        }
    }

    @Test
    void whatOthersRemoveIsGoneWithinAMomentForThoseWhoAskAllTheTime() throws Exception {
        Files.setLastModifiedTime(file, LONG_AGO);
        try (Askers askers = new Askers(facts)) {
            askers.awaitQuestions(20_000);

            Files.delete(file);
            Thread.sleep(2);

            assertThat(facts.get(KEY)).isEmpty();
            assertThat(facts.contains(KEY)).isFalse();
        }
    }

    @Test
    void whoOnlyReadsSeesEachChangeAtOnce() throws Exception {
        Files.setLastModifiedTime(file, LONG_AGO);
        try (Storage reading = FileStorage.openForReading(directory);
                Askers askers = new Askers(reading.metadata())) {
            for (int i = 0; i < 200; i++) {
                askers.awaitQuestions(200);

                facts.put(KEY, text("v" + i));
                assertThat(reading.metadata().get(KEY)).as("round %d", i).contains(text("v" + i));
                facts.delete(KEY);
                assertThat(reading.metadata().contains(KEY)).as("round %d", i).isFalse();
                facts.put(KEY, text("w" + i));
                Files.setLastModifiedTime(
                        file, FileTime.from(LONG_AGO.toInstant().plusSeconds(i)));
            }
        }
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

    /** Two threads that ask for the fact all the time. */
    private static final class Askers implements AutoCloseable {

        private final AtomicLong asked = new AtomicLong();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean closed;

        Askers(MetadataStore facts) {
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(() -> ask(facts), "asker");
                thread.start();
                threads.add(thread);
            }
        }

        private void ask(MetadataStore facts) {
            try {
                while (!closed) {
                    facts.get(KEY);
                    facts.contains(KEY);
                    asked.incrementAndGet();
                }
            } catch (Exception | Error e) {
                failure.set(e);
            }
        }

        void awaitQuestions(int count) {
            long until = asked.get() + count;
            while (asked.get() < until) {
                assertThat(failure.get()).isNull();
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() throws InterruptedException {
            closed = true;
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
        }
    }

    /** What is read once is not remembered. */
    private void readSomeTimes() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(facts.get(KEY)).contains(text("one"));
        }
    }
}
