package dev.berth.registry.testkit.storage;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a storage that another process writes to, until its input ends. It prints how many links and blobs it has read, or
 * what it found that was not whole.
 */
final class ReadingProcess {

    private static final String TAGS = "repositories/team/app/_manifests/tags";

    private ReadingProcess() {}

    public static void main(String[] args) throws IOException {
        int links = 0;
        int blobs = 0;
        try (Storage storage = FileStorage.openForReading(Path.of(args[0]))) {
            System.out.println("ready");
            while (System.in.available() == 0) {
                List<String> tags = storage.metadata().children(TAGS, Optional.empty(), 100);
                for (String tag : tags) {
                    Optional<byte[]> link = storage.metadata().get(TAGS + "/" + tag + "/current/link");
                    if (link.isEmpty()) {
                        continue;
                    }
                    links++;
                    Digest digest = Digest.parse(new String(link.get(), StandardCharsets.US_ASCII));
                    Optional<byte[]> blob = Samples.read(storage.blobs(), digest);
                    if (blob.isPresent()) {
                        blobs++;
                        if (!Digest.of(blob.get()).equals(digest)) {
                            System.out.println("The blob " + digest + " is not whole: " + blob.get().length);
                            System.exit(1);
                        }
                    }
                }
            }
        }
        System.out.println(links + " links and " + blobs + " blobs");
    }
}
