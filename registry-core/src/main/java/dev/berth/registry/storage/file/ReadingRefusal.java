package dev.berth.registry.storage.file;

import java.io.IOException;
import java.nio.file.Path;

/** What those are told who write to a directory that was opened for reading. */
record ReadingRefusal(Path root) {

    IOException toWrite() {
        return new IOException("The storage directory " + root + " was opened for reading: nothing is written to it");
    }
}
