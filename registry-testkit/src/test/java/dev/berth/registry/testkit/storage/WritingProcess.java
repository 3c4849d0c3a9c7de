package dev.berth.registry.testkit.storage;

import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Path;

/** Writes to a storage, and has it open until its input ends. */
final class WritingProcess {

    private WritingProcess() {}

    public static void main(String[] args) throws IOException {
        try (Storage storage = FileStorage.open(Path.of(args[0]))) {
            storage.metadata().put("a/fact", Samples.text("1"));
            System.out.println("ready");
            System.in.read();
        }
    }
}
