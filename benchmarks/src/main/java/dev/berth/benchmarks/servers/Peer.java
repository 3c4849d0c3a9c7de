package dev.berth.benchmarks.servers;

import dev.berth.benchmarks.RegistryProcess;
import dev.berth.benchmarks.suite.Bench;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The registries that Berth is measured beside, each with a directory of its own and settings that are as like as can be. */
public enum Peer {
    /** Docker's registry 2.8, as Debian packages it. */
    REGISTRY_2("registry:2"),
    /** The nearest library on the JVM. */
    OCI_REGISTRY("oci-registry"),
    /** Docker's registry 3. */
    DISTRIBUTION_3("distribution 3"),
    /** A small registry in Go over OCI layouts. */
    OLAREG("olareg"),
    /** What go-containerregistry has for tests. */
    CRANE("crane"),
    /** A registry in Go over OCI layouts, for production. */
    ZOT("zot");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** What it is called in the report. */
    public String title() {
        return title;
    }

    /** Those that can be started here; the report says which cannot. */
    public static List<Peer> here(Bench bench) {
        return bench.quick() ? here(bench, REGISTRY_2, OCI_REGISTRY) : here(bench, values());
    }

    /** Those of {@code wanted} that can be started here. */
    public static List<Peer> here(Bench bench, Peer... wanted) {
        List<Peer> found = new ArrayList<>();
        for (Peer peer : wanted) {
            Optional<String> missing = peer.missing();
            if (missing.isEmpty()) {
                found.add(peer);
            } else {
                bench.report().missing(peer.title, missing.get());
            }
        }
        return found;
    }

    /** Whether there is a command of that name. */
    public static boolean installed(Bench bench, String command) {
        boolean found = onPath(command);
        if (!found) {
            bench.report().missing(command, "it is not installed");
        }
        return found;
    }

    private Optional<String> missing() {
        return switch (this) {
            case OCI_REGISTRY -> Optional.empty();
            case REGISTRY_2 ->
                onPath("docker-registry") ? Optional.empty() : Optional.of("docker-registry is not installed");
            default ->
                System.getenv(variable()) == null
                        ? Optional.of(variable() + " does not say where it is")
                        : Optional.empty();
        };
    }

    private static boolean onPath(String command) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    private String variable() {
        return "PEER_" + name();
    }

    private String command() {
        return System.getenv().getOrDefault(variable(), title);
    }

    /** Starts it over {@code directory}. */
    public RegistryProcess start(Path directory) throws IOException {
        int port = RegistryProcess.freePort();
        return switch (this) {
            case REGISTRY_2 -> RegistryProcess.dockerRegistry(directory);
            case OCI_REGISTRY -> RegistryProcess.java(OciRegistryLibrary.class, directory.toString());
            case DISTRIBUTION_3 -> RegistryProcess.distribution(command(), directory);
            case OLAREG ->
                RegistryProcess.start(
                        List.of(
                                command(),
                                "serve",
                                "--dir",
                                directory.toString(),
                                "--port",
                                Integer.toString(port),
                                "--verbosity",
                                "error"),
                        port);
            case CRANE ->
                RegistryProcess.start(
                        List.of(
                                command(),
                                "registry",
                                "serve",
                                "--address",
                                "127.0.0.1:" + port,
                                "--disk",
                                directory.toString()),
                        port);
            case ZOT ->
                RegistryProcess.start(
                        List.of(command(), "serve", zotConfig(directory, port).toString()), port);
        };
    }

    private static Path zotConfig(Path directory, int port) throws IOException {
        Path config = directory.resolveSibling(directory.getFileName() + ".json");
        Files.writeString(config, """
                {"storage": {"rootDirectory": "%s", "gc": false},
                 "http": {"address": "127.0.0.1", "port": "%d", "compat": ["docker2s2"]},
                 "log": {"level": "error"}}
                """.formatted(directory, port));
        return config;
    }
}
