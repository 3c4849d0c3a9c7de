package dev.berth.registry.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Large files that are sent to many at once, which the system gives no more than one file for. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no keys there, and each who sends one opens it")
class SharedFilesTest {

    private final SharedFiles files = new SharedFiles();

    @TempDir
    private Path directory;

    private Path large = Path.of("");

    @BeforeEach
    void write() throws IOException {
        large = fileOf("large", (int) FileContent.LARGE, 1);
    }

    @Test
    void whoSendsALargeOneSharesItAndWhoReadsItDoesNot() throws IOException {
        try (BlobContent first = open(large);
                BlobContent second = open(large);
                BlobContent reader = open(large)) {

            FileChannel sent = first.file().orElseThrow();

            assertThat(second.file()).containsSame(sent);
            assertThat(second.file()).containsSame(sent);
            assertThat(first(reader)).isEqualTo(1);
            assertThat(reader.file()).containsSame(sent);
            assertThat(first(reader)).isEqualTo(1);
        }
    }

    @Test
    void aSmallOneIsNotShared() throws IOException {
        Path small = fileOf("small", (int) FileContent.LARGE - 1, 1);
        try (BlobContent first = open(small);
                BlobContent second = open(small)) {

            assertThat(first.file()).isPresent().isNotEqualTo(second.file());
        }
    }

    @Test
    void itIsOpenUntilTheLastHasLeft() throws IOException {
        BlobContent first = open(large);
        BlobContent second = open(large);
        FileChannel sent = first.file().orElseThrow();
        assertThat(second.file()).containsSame(sent);

        first.close();
        first.close();

        assertThat(sent.isOpen()).isTrue();
        assertThat(first(second)).isEqualTo(1);
        assertThatThrownBy(() -> first(first)).isInstanceOf(ClosedChannelException.class);
        assertThat(first.file().orElseThrow().isOpen()).isFalse();

        second.close();

        assertThat(sent.isOpen()).isFalse();
        try (BlobContent third = open(large)) {
            assertThat(third.file().orElseThrow().isOpen()).isTrue();
        }
    }

    @Test
    void oneThatTookAnothersPlaceIsAnotherOne() throws IOException {
        try (BlobContent before = open(large)) {
            FileChannel old = before.file().orElseThrow();
            Files.move(fileOf("healed", (int) FileContent.LARGE, 2), large, StandardCopyOption.REPLACE_EXISTING);

            try (BlobContent after = open(large)) {
                assertThat(after.file().orElseThrow()).isNotSameAs(old);
                assertThat(first(after)).isEqualTo(2);
                assertThat(first(before)).isEqualTo(1);
            }
        }
    }

    @Test
    void oneThatIsGoneOrHasChangedIsSentFromWhatWasOpened() throws IOException {
        try (BlobContent gone = open(large)) {
            Files.delete(large);

            assertThat(gone.file().orElseThrow().size()).isEqualTo(FileContent.LARGE);
            assertThat(first(gone)).isEqualTo(1);
        }
        Path other = fileOf("other", (int) FileContent.LARGE, 1);
        try (BlobContent changed = open(other)) {
            Files.move(fileOf("longer", (int) FileContent.LARGE + 1, 2), other, StandardCopyOption.REPLACE_EXISTING);

            assertThat(changed.file().orElseThrow().size()).isEqualTo(FileContent.LARGE);
            assertThat(first(changed)).isEqualTo(1);
        }
    }

    @Test
    void oneThatAnInterruptionClosedIsOpenedAgain() throws IOException {
        try (BlobContent interrupted = open(large);
                BlobContent next = open(large)) {
            FileChannel sent = interrupted.file().orElseThrow();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> first(interrupted)).isInstanceOf(ClosedChannelException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(sent.isOpen()).isFalse();

            assertThat(next.file().orElseThrow().isOpen()).isTrue();
            interrupted.close();

            assertThat(first(next)).isEqualTo(1);
            try (BlobContent last = open(large)) {
                assertThat(last.file()).isEqualTo(next.file());
            }
        }
    }

    @Test
    void manyComeAndGoAndEachReadsTheBytes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<FileChannel> sent = new ArrayList<>();
        try {
            List<Future<FileChannel>> results = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                results.add(threads.submit(() -> {
                    try (BlobContent content = open(large)) {
                        assertThat(first(content)).isEqualTo(1);
                        FileChannel file = content.file().orElseThrow();
                        assertThat(file.read(ByteBuffer.allocate(10), 0)).isEqualTo(10);
                        return file;
                    }
                }));
            }
            for (Future<FileChannel> result : results) {
                sent.add(result.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(sent).noneMatch(FileChannel::isOpen);
    }

    @Test
    void aReaderIsNotDisturbedWhenAnotherThreadComesToShareItsFile() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (BlobContent keeper = open(large)) {
            keeper.file();
            for (int i = 0; i < 500; i++) {
                try (BlobContent content = open(large)) {
                    Future<?> sharing = thread.submit(content::file);
                    while (!sharing.isDone()) {
                        assertThat(first(content)).isEqualTo(1);
                    }
                    sharing.get();
                    assertThat(first(content)).isEqualTo(1);
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    private BlobContent open(Path file) throws IOException {
        return FileContent.open(file, files);
    }

    private static int first(BlobContent content) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        content.read(buffer, 0);
        return buffer.get(0);
    }

    private Path fileOf(String name, int size, int value) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return Files.write(directory.resolve(name), bytes);
    }
}
