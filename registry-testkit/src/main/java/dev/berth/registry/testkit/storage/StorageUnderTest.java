package dev.berth.registry.testkit.storage;

import dev.berth.registry.storage.Storage;
import java.io.Closeable;
import java.io.IOException;

/** How the contract suites come to a storage of the kind they test. Each test gets one of its own. */
public interface StorageUnderTest extends Closeable {

    /**
     * Opens the storage. It is empty the first time. It is opened again, after it was closed, only if it {@linkplain
     * #survivesClosing() survives} that.
     */
    Storage open() throws IOException;

    /** Whether a storage that is opened again has what it had before, uploads that have not ended too. */
    boolean survivesClosing();

    /** Called after each test, when the storage is closed: fails if a temporary file or a handle is left behind. */
    default void assertNothingLeft() throws IOException {}

    /** Gives back what the test took: directories, containers. */
    @Override
    default void close() throws IOException {}
}
