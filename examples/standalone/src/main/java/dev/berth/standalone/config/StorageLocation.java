package dev.berth.standalone.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where content is kept, for a command that does not serve: what is configured of anything else does not matter to it. */
public final class StorageLocation {

    private StorageLocation() {}

    /**
     * The directory, or empty if content is kept in memory. The option counts before variables, variables before the file, and
     * the file before what holds unless told, as for a server.
     *
     * @param data the option that names the directory
     * @param file the configuration file that was named
     * @throws UsageException if what is configured is another storage, or makes no sense
     */
    public static Optional<Path> of(Optional<String> data, Optional<String> file, Map<String, String> environment) {
        if (data.isPresent()) {
            return Optional.of(new Value("", data.get(), "--data", false).directory());
        }
        Values values = Configuration.values(file, environment);
        Environment.apply(environment, values);
        values.keepStorageTypes();
        Draft draft = new Draft();
        if (!values.isEmpty()) {
            Settings.apply(values, draft);
        }
        return draft.directory;
    }
}
