package dev.berth.standalone.command;

import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.standalone.config.StorageLocation;
import dev.berth.standalone.config.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say which directory a command is about: the same as those that a registry is served by. */
final class StorageArguments {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "the directory that everything is kept in, ./berth-data unless told; one of Docker's registry will do")
    private Optional<String> data = Optional.empty();

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG",
            description = "a configuration file of Docker's registry, of which only the storage counts here")
    private Optional<String> file = Optional.empty();

    /**
     * Opens what the directory keeps: for reading, which a server may go on beside, or as the one that writes.
     *
     * @throws UsageException if the directory is not there or holds no registry, or if content is not kept in files
     * @throws IOException if it cannot be read, or is to be written to and somebody else does; the message says who
     */
    Storage open(Map<String, String> environment, boolean forReading) throws IOException {
        Path directory = directory(environment);
        return forReading ? FileStorage.openForReading(directory) : FileStorage.open(directory);
    }

    private Path directory(Map<String, String> environment) {
        Path directory = StorageLocation.of(data, file, environment)
                .orElseThrow(
                        () -> new UsageException(
                                "what is kept in memory only the process that serves it can see: name a directory with --data"));
        if (!Files.isDirectory(directory)) {
            throw new UsageException("there is no directory " + directory.toAbsolutePath()
                    + ": name the one that the registry keeps its content in with --data");
        }
        if (!Files.isDirectory(directory.resolve("docker/registry"))) {
            throw new UsageException(
                    directory.toAbsolutePath() + " holds no registry: there is no docker/registry in it;"
                            + " name the directory that has one with --data");
        }
        return directory;
    }
}
