package dev.berth.registry.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.storage.BlobStore;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all storage contracts share: a storage for each test, and a look at what the test leaves behind. */
public abstract class StorageContract {

    private StorageUnderTest underTest;
    private TrackedStorage storage;

    /** For subclasses. */
    protected StorageContract() {}

    /** A new, empty storage of the kind under test, not opened yet. */
    protected abstract StorageUnderTest newStorage() throws IOException;

    @BeforeEach
    final void openStorage() throws IOException {
        underTest = newStorage();
        storage = new TrackedStorage(underTest.open());
    }

    @AfterEach
    final void closeStorage() throws IOException {
        try (StorageUnderTest ended = underTest) {
            storage.close();
            assertThat(storage.openHandles()).as("handles left open").isEmpty();
            ended.assertNothingLeft();
        }
    }

    /** The blobs of the storage under test. */
    protected final BlobStore blobs() {
        return storage.blobs();
    }

    /** The facts of the storage under test. */
    protected final MetadataStore metadata() {
        return storage.metadata();
    }

    /** Lets the storage under test tidy up. */
    protected final void tidy() throws IOException {
        storage.tidy();
    }

    /** Closes the storage and opens it again, or skips the test if the storage does not survive that. */
    protected final void reopen() throws IOException {
        assumeTrue(underTest.survivesClosing(), "this storage keeps nothing when it is closed");
        storage.close();
        storage = new TrackedStorage(underTest.open());
    }
}
