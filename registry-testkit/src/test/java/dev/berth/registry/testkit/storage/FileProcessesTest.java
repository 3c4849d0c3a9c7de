package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.append;
import static dev.berth.registry.testkit.storage.Samples.begin;
import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.put;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Several processes on one directory: one that writes, and many that read. */
@Timeout(120)
class FileProcessesTest {

    @TempDir
    private Path root;

    @Test
    void othersReadWhileOneWrites() throws Exception {
        List<Process> readers = new ArrayList<>();
        try (Storage storage = FileStorage.open(root, Durability.FAST)) {
            for (int i = 0; i < 2; i++) {
                readers.add(startReader());
            }
            for (Process reader : readers) {
                assertThat(output(reader).readLine()).isEqualTo("ready");
            }

            for (int round = 0; round < 300; round++) {
                change(storage, round);
            }

            for (Process reader : readers) {
                reader.outputWriter().append('.').close();
                assertThat(output(reader).readLine()).matches("[1-9][0-9]* links and [1-9][0-9]* blobs");
                assertThat(reader.waitFor()).isZero();
            }
        } finally {
            readers.forEach(Process::destroyForcibly);
        }
    }

    @RepeatedTest(20)
    void oneOfTwoStoragesCreates() throws Exception {
        try (Storage one = FileStorage.open(root, Durability.FAST);
                Storage other = FileStorage.open(anotherMachine(), Durability.FAST)) {
            List<Boolean> created = Race.of(
                    8,
                    index -> (index % 2 == 0 ? one : other)
                            .metadata()
                            .create("repositories/a/fact", text("value of " + index)));

            assertThat(created).containsOnlyOnce(true);
            assertThat(one.metadata().get("repositories/a/fact")).contains(text("value of " + created.indexOf(true)));
        }
    }

    @Test
    void twoStoragesMakeAndRemoveTheSameDirectories() throws Exception {
        try (Storage one = FileStorage.open(root, Durability.FAST);
                Storage other = FileStorage.open(anotherMachine(), Durability.FAST)) {
            Race.of(4, index -> {
                Storage storage = index % 2 == 0 ? one : other;
                for (int i = 0; i < 200; i++) {
                    String key = "shared/parents/" + (i % 3) + "/fact-" + index;
                    storage.metadata().put(key, text("1"));
                    assertThat(storage.metadata().get(key)).contains(text("1"));
                    assertThat(storage.metadata().delete(key)).isTrue();
                }
                return index;
            });
        }
    }

    @Test
    void aSecondWriterInThisProcessIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(root.resolveSibling(root.getFileName() + "-link"), root);
        try (Storage storage = FileStorage.open(root, Durability.FAST)) {
            for (Path path : List.of(root, link, link)) {
                assertThatThrownBy(() -> FileStorage.open(path))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(path + " is being written to by this process");
            }
            storage.metadata().put("a/fact", text("1"));
        } finally {
            Files.delete(link);
        }

        try (Storage next = FileStorage.open(root, Durability.FAST)) {
            assertThat(next.metadata().get("a/fact")).contains(text("1"));
        }
    }

    @Test
    void aSecondProcessThatWritesIsRefusedUntilTheFirstIsKilled() throws Exception {
        Process writer = start(WritingProcess.class);
        try {
            assertThat(output(writer).readLine()).isEqualTo("ready");

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> FileStorage.open(root))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("process " + writer.pid() + ", since 20")
                        .hasMessageContaining(root.toString());
            }
            try (Storage reader = FileStorage.openForReading(root)) {
                assertThat(reader.metadata().get("a/fact")).contains(text("1"));
            }
            Files.writeString(root.resolve("docker/registry/_lock"), "no words of ours");
            assertThatThrownBy(() -> FileStorage.open(root)).hasMessageContaining("by another process:");
        } finally {
            writer.destroyForcibly().waitFor();
        }

        try (Storage next = FileStorage.open(root)) {
            next.metadata().put("a/fact", text("2"));
        }
    }

    @Test
    void whoHasOpenedADirectoryForReadingChangesNothing() throws IOException {
        try (Storage storage = FileStorage.open(root, Durability.FAST)) {
            put(storage.blobs(), text("content"));
            BlobUpload upload = begin(storage.blobs());
            Digest digest = Digest.of(text("content"));
            try (Storage reader = FileStorage.openForReading(root)) {
                List<ThrowingCallable> changes = List.of(
                        () -> reader.metadata().put("a/fact", text("2")),
                        () -> reader.metadata().create("a/fact", text("2")),
                        () -> reader.metadata().replace("a/fact", text("1"), text("2")),
                        () -> reader.metadata().delete("a/fact"),
                        () -> put(reader.blobs(), text("more")),
                        () -> reader.blobs().delete(digest),
                        () -> reader.blobs().quarantine(digest),
                        () -> begin(reader.blobs()),
                        () -> reader.blobs().expire(Samples.REPOSITORY, upload.id(), Instant.MAX),
                        reader::tidy);
                for (ThrowingCallable change : changes) {
                    assertThatThrownBy(change)
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining(root + " was opened for reading");
                }
                assertThat(reader.blobs().resume(Samples.REPOSITORY, upload.id()))
                        .isEmpty();
                assertThat(Samples.read(reader.blobs(), digest)).contains(text("content"));
                assertThat(reader).hasToString("files in " + root + " (for reading)");
            }
            assertThat(upload.size()).isZero();
        }
    }

    /** The same content for another machine, whose locks this one does not see. */
    private Path anotherMachine() throws IOException {
        Path content = Files.createDirectories(root.resolve("docker/registry/v2"));
        Path other = root.resolve("other-machine");
        Files.createDirectories(other.resolve("docker/registry"));
        Files.createSymbolicLink(other.resolve("docker/registry/v2"), content);
        return other;
    }

    private void change(Storage storage, int round) throws IOException {
        byte[] content = bytes(1000 + round * 500);
        Digest digest = Digest.of(content);
        if (round % 2 == 0) {
            put(storage.blobs(), content);
        } else {
            BlobUpload upload = begin(storage.blobs());
            append(upload, content);
            upload.commit(digest);
        }
        String link = "repositories/team/app/_manifests/tags/t" + round % 10 + "/current/link";
        if (round % 7 == 0) {
            storage.metadata().delete(link);
        }
        storage.metadata().put(link, text(digest.toString()));
        if (round > 5) {
            storage.blobs().delete(Digest.of(bytes(1000 + (round - 5) * 500)));
        }
    }

    private Process startReader() throws IOException {
        return start(ReadingProcess.class);
    }

    private Process start(Class<?> program) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        program.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Of what the reader needs and no more, whoever runs the tests and however it loads them. */
    private static String classPath() {
        return Stream.of(ReadingProcess.class, Samples.class, FileStorage.class, LoggerFactory.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static BufferedReader output(Process process) {
        return process.inputReader();
    }
}
