package dev.berth.registry.image;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A configuration that is being put together, by a builder or from JSON. */
final class ConfigDraft {

    String os = "";
    String architecture = "";
    Optional<String> variant = Optional.empty();
    Optional<Instant> created = Optional.empty();
    String author = "";
    List<String> entrypoint = List.of();
    List<String> cmd = List.of();
    final Map<String, String> env = new LinkedHashMap<>();
    final Map<String, String> labels = new TreeMap<>();
    String user = "";
    String workdir = "";
    final TreeSet<String> exposedPorts = new TreeSet<>();
    final TreeSet<String> volumes = new TreeSet<>();
    String stopSignal = "";
    final List<Digest> diffIds = new ArrayList<>();
    final List<History> history = new ArrayList<>();

    void platform(Platform platform) {
        os = platform.os();
        architecture = platform.architecture();
        variant = platform.variant();
    }

    /** Takes over all that another configuration says. */
    void takeOver(ImageConfig other) {
        platform(other.platform());
        created = other.created();
        author = other.author();
        entrypoint = other.entrypoint();
        cmd = other.cmd();
        env.putAll(other.env());
        labels.putAll(other.labels());
        user = other.user();
        workdir = other.workdir();
        exposedPorts.addAll(other.exposedPorts());
        volumes.addAll(other.volumes());
        stopSignal = other.stopSignal();
        diffIds.addAll(other.diffIds());
        history.addAll(other.history());
    }

    ImageConfig toConfig() {
        return new ImageConfig(
                new Platform(os, architecture, variant),
                created,
                author,
                entrypoint,
                cmd,
                env,
                labels,
                user,
                workdir,
                exposedPorts,
                volumes,
                stopSignal,
                diffIds,
                history);
    }
}
