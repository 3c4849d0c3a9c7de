package dev.berth.registry.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.event.webhook.Backlog.Entry;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(120)
class FileBacklogTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_795_500_222_893L);

    @TempDir
    Path directory;

    @Test
    void whatIsAddedFirstComesFirst() throws IOException {
        try (Backlog backlog = FileBacklog.open(directory)) {
            assertThat(backlog.first()).isEmpty();
            backlog.add(TIME, json("one"));
            backlog.add(TIME.plusMillis(1), json("two"));

            Entry one = backlog.first().orElseThrow();
            assertThat(one.time()).isEqualTo(TIME);
            assertThat(one.json()).isEqualTo(json("one"));
            assertThat(backlog.size()).isEqualTo(2);
            backlog.remove(one);
            backlog.remove(one);

            assertThat(text(backlog.first())).isEqualTo("two");
            assertThat(backlog.size()).isEqualTo(1);
        }
    }

    @Test
    void aHundredThousandWaitInFilesAndComeOut() throws IOException {
        String more = "x".repeat(100);
        try (Backlog backlog = FileBacklog.open(directory)) {
            for (int i = 0; i < 100_000; i++) {
                backlog.add(TIME, json(i + more));
            }
        }
        assertThat(segments()).hasSizeGreaterThan(10);

        try (Backlog backlog = FileBacklog.open(directory)) {
            assertThat(backlog.size()).isEqualTo(100_000);
            for (int i = 0; i < 100_000; i++) {
                Entry first = backlog.first().orElseThrow();
                assertThat(first.json()).isEqualTo(json(i + more));
                backlog.remove(first);
            }
            assertThat(backlog.first()).isEmpty();
            assertThat(backlog.bytes()).isZero();
        }
        assertThat(segments()).as("what was taken is deleted").hasSize(1);
    }

    @Test
    void atAnyMomentItCanBeOpenedAnew() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Deque<String> expected = new ArrayDeque<>();
        Backlog backlog = FileBacklog.open(directory);
        try {
            for (int i = 0; i < 5_000; i++) {
                int step = random.nextInt(100);
                if (step < 55) {
                    String text = i + "-" + "y".repeat(random.nextInt(3_000));
                    backlog.add(TIME, json(text));
                    expected.add(text);
                } else if (step < 99) {
                    Optional<Entry> first = backlog.first();
                    assertThat(text(first)).as("seed %d", seed).isEqualTo(expected.isEmpty() ? "" : expected.peek());
                    if (first.isPresent()) {
                        backlog.remove(first.get());
                        expected.remove();
                    }
                } else {
                    backlog.close();
                    backlog = FileBacklog.open(directory);
                }
                assertThat(backlog.size()).as("seed %d", seed).isEqualTo(expected.size());
            }
        } finally {
            backlog.close();
        }
    }

    @Test
    void halfALineIsCutOff() throws IOException {
        try (Backlog backlog = FileBacklog.open(directory)) {
            backlog.add(TIME, json("whole"));
        }
        Files.writeString(segments().get(0), "1795500222893 {\"half", StandardOpenOption.APPEND);

        try (Backlog backlog = FileBacklog.open(directory)) {
            assertThat(backlog.size()).isEqualTo(1);
            backlog.add(TIME, json("next"));
            backlog.remove(backlog.first().orElseThrow());
            assertThat(text(backlog.first())).isEqualTo("next");
        }
    }

    @Test
    void whatIsNoNotificationIsPassedOver() throws IOException {
        try (Backlog backlog = FileBacklog.open(directory)) {
            backlog.add(TIME, json("whole"));
        }
        Path segment = segments().get(0);
        Files.writeString(segment, "\0\0\0\0\n" + Files.readString(segment));

        try (Backlog backlog = FileBacklog.open(directory)) {
            assertThat(text(backlog.first())).isEqualTo("whole");
            assertThat(backlog.size()).isEqualTo(1);
        }
    }

    @Test
    void withoutAMarkEverythingIsToldAgain() throws IOException {
        try (Backlog backlog = FileBacklog.open(directory)) {
            backlog.add(TIME, json("one"));
            backlog.add(TIME, json("two"));
            backlog.remove(backlog.first().orElseThrow());
        }
        Files.writeString(directory.resolve("taken"), "nonsense");

        try (Backlog backlog = FileBacklog.open(directory)) {
            assertThat(text(backlog.first())).isEqualTo("one");
        }
    }

    @Test
    void itIsForOneProcess() throws IOException {
        try (Backlog backlog = FileBacklog.open(directory)) {
            assertThatThrownBy(() -> FileBacklog.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.toString());
        }
        FileBacklog.open(directory).close();
    }

    @Test
    void whoIsRefusedTakesTheLockFromNobody() throws Exception {
        try (Backlog backlog = FileBacklog.open(directory)) {
            assertThatThrownBy(() -> FileBacklog.open(directory)).isInstanceOf(IOException.class);

            assertThat(openedElsewhere())
                    .startsWith("Another registry sends what waits in " + directory + ", that of process ");
            assertThat(backlog.size()).isZero();
        }

        assertThat(openedElsewhere()).isEqualTo("opened, with 0");
    }

    /** What another process says that opens the same. */
    private String openedElsewhere() throws Exception {
        String classPath = Stream.of(OpeningProcess.class, FileBacklog.class, LoggerFactory.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        OpeningProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            return out.readLine();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".events")).toList();
        }
    }

    private static String json(String text) {
        return "{" + text + "}";
    }

    private static String text(Optional<Entry> entry) {
        return entry.map(e -> e.json().substring(1, e.json().length() - 1)).orElse("");
    }
}
