package dev.berth.registry.jetty;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.health.HealthCheck;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.StorageSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a server's health is looked at by. */
final class Checks {

    /** Less room than this is none: a push of one ordinary layer takes more. */
    private static final long LEAST_ROOM = 64 << 20;

    private Checks() {}

    /**
     * The checks for a registry.
     *
     * @param innermost where content is kept
     * @param readOnly whether nobody ever changes it, so that it need not be writable
     * @param more what else somebody wants to have looked at
     */
    static List<HealthCheck> of(Registry innermost, boolean readOnly, List<HealthCheck> more) {
        List<HealthCheck> all = new ArrayList<>(ofStorage(innermost, readOnly));
        all.addAll(more);
        return all;
    }

    private static List<HealthCheck> ofStorage(Registry innermost, boolean readOnly) {
        if (readOnly || !(innermost instanceof StoredRegistry stored)) {
            return List.of(new HealthCheck("storage", () -> innermost.repositories(Optional.empty(), 1)));
        }
        Storage storage = stored.storage();
        return List.of(
                new HealthCheck("storage", storage::check), new HealthCheck("space", () -> requireRoom(storage)));
    }

    private static void requireRoom(Storage storage) throws IOException {
        Optional<StorageSpace> space = storage.space();
        if (space.isPresent() && space.get().usable() < LEAST_ROOM) {
            throw new IOException("There is room for " + (space.get().usable() >> 10) + " KiB only, in " + storage);
        }
    }
}
