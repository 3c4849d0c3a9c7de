package dev.berth.registry.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an upload does about the disk before its end. */
@Timeout(60)
class EarlyForceTest {

    private static final Path DATA = Path.of("data");

    private final SpareThreads threads = new SpareThreads("force", 1);
    private final AtomicInteger forced = new AtomicInteger();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void whatTheDiskDidNotTakeBeforeTheEndFailsTheEnd() throws IOException {
        EarlyForce early = new EarlyForce(DATA, threads, this::failAtFirst, EarlyForce.STEP);

        early.reached(EarlyForce.STEP);

        assertThatThrownBy(early::finish).isInstanceOf(IOException.class).hasRootCauseMessage("disk is broken");
        assertThatThrownBy(early::finish).isInstanceOf(IOException.class).hasRootCauseMessage("disk is broken");
        assertThatThrownBy(() -> early.reached(2 * EarlyForce.STEP)).isInstanceOf(IOException.class);
        assertThat(forced).hasValue(1);
    }

    @Test
    void whatTheDiskDidNotTakeAtTheEndFailsEveryOther() {
        EarlyForce early = new EarlyForce(DATA, threads, this::failAtFirst, EarlyForce.STEP);

        assertThatThrownBy(early::finish).isInstanceOf(IOException.class);

        assertThatThrownBy(early::finish).isInstanceOf(IOException.class).hasRootCauseMessage("disk is broken");
    }

    @Test
    void theWriterGoesOnWhileTheDiskIsBusyAndTheEndWaitsForIt() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        EarlyForce early = new EarlyForce(DATA, threads, file -> slowAtFirst(disk), EarlyForce.STEP);

        early.reached(EarlyForce.STEP);
        early.reached(2 * EarlyForce.STEP);
        assertThat(forced).hasValue(0);
        disk.countDown();
        early.finish();

        assertThat(forced).hasValue(2);
    }

    @Test
    void aSmallUploadAndOneThatIsNotWaitedForNeedNoThread() throws IOException {
        new EarlyForce(DATA, threads, this::failAtFirst, EarlyForce.STEP).reached(EarlyForce.STEP - 1);
        new EarlyForce(DATA, threads, this::failAtFirst, EarlyForce.NEVER).reached(EarlyForce.STEP);

        assertThat(threads.offer(() -> {})).isTrue();
        assertThat(forced).hasValue(0);
    }

    @Test
    void whatCouldNotBeOpenedIsTriedAgain() throws IOException {
        EarlyForce early = new EarlyForce(DATA, threads, this::refuseAtFirst, EarlyForce.STEP);

        early.reached(EarlyForce.STEP);
        early.finish();

        assertThat(forced).hasValue(2);
    }

    @Test
    void whatCouldNotBeOpenedAtTheEndIsNotHeldAgainstTheDisk() throws IOException {
        EarlyForce early = new EarlyForce(DATA, threads, this::refuseAtFirst, EarlyForce.STEP);

        assertThatThrownBy(early::finish).isInstanceOf(FileSystemException.class);
        early.finish();

        assertThat(forced).hasValue(2);
    }

    private void refuseAtFirst(Path file) throws IOException {
        if (forced.incrementAndGet() == 1) {
            throw new FileSystemException(file.toString(), null, "Too many open files");
        }
    }

    private void failAtFirst(Path file) throws IOException {
        if (forced.incrementAndGet() == 1) {
            throw new IOException("disk is broken");
        }
    }

    private void slowAtFirst(CountDownLatch disk) throws IOException {
        try {
            disk.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        forced.incrementAndGet();
    }
}
