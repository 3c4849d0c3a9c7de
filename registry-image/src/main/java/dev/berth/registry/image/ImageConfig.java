package dev.berth.registry.image;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How an image runs (OCI Image Specification, "Image Configuration"). What an image does not say is empty.
 *
 * @param platform what it runs on; operating system and architecture are empty where the configuration lacks them
 * @param created when the image was made
 * @param author who made it
 * @param entrypoint the program and the arguments that always come
 * @param cmd the arguments, or the program where there is no entrypoint
 * @param env environment variables, in order
 * @param labels free keys and values
 * @param user name or number, with a group behind a colon or without
 * @param workdir where the program starts
 * @param exposedPorts such as {@code 8080/tcp}
 * @param volumes directories that are to be mounted
 * @param stopSignal such as {@code SIGTERM}
 * @param diffIds the layers without their compression, from the bottom
 * @param history how the image was made, from the bottom
 */
public record ImageConfig(
        Platform platform,
        Optional<Instant> created,
        String author,
        List<String> entrypoint,
        List<String> cmd,
        Map<String, String> env,
        Map<String, String> labels,
        String user,
        String workdir,
        SortedSet<String> exposedPorts,
        SortedSet<String> volumes,
        String stopSignal,
        List<Digest> diffIds,
        List<History> history) {

    /** Copies all collections, in their order. */
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
        volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }
}
