package dev.berth.registry.event.webhook;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a backlog, and says what came of it. */
final class OpeningProcess {

    private OpeningProcess() {}

    public static void main(String[] args) {
        try (Backlog backlog = FileBacklog.open(Path.of(args[0]))) {
            System.out.println("opened, with " + backlog.size());
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
