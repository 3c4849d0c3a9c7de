package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Puts an image together. Unless told, it is in OCI's format, for {@code linux/amd64}, compressed with gzip, made on 1 January
 * 1970. The same calls make the same image. Not safe for use by several threads.
 */
public final class ImageBuilder {

    private final ConfigDraft config = new ConfigDraft();
    private final List<LayerStep> layers = new ArrayList<>();
    private final List<Layer> baseLayers = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private Optional<Descriptor> subject = Optional.empty();
    private ImageFormat format = ImageFormat.OCI;
    private Compression compression = Compression.GZIP;

    ImageBuilder() {
        config.platform(new Platform("linux", "amd64"));
        config.created = Optional.of(Instant.EPOCH);
    }

    /**
     * Begins with the layers and the configuration of another image, in place of what was said of the configuration so far.
     *
     * @throws UncheckedIOException if its configuration cannot be read
     * @throws IllegalStateException if it is an index, or this image has layers already
     */
    public ImageBuilder from(Image base) {
        if (!layers.isEmpty() || !baseLayers.isEmpty()) {
            throw new IllegalStateException("The base image comes first: call from() before layer()");
        }
        try {
            config.takeOver(base.config());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        baseLayers.addAll(base.layers());
        return this;
    }

    /** Adds a layer on top. */
    public ImageBuilder layer(Layer layer) {
        layers.add(usual -> layer);
        return this;
    }

    /** Adds a layer on top: {@code layer(l -> l.file("/etc/motd", "hello"))}. */
    public ImageBuilder layer(UnaryOperator<LayerBuilder> entries) {
        LayerBuilder builder = entries.apply(Layer.builder());
        layers.add(builder::build);
        return this;
    }

    /** Adds a layer of one text file on top. */
    public ImageBuilder file(String path, String content) {
        return layer(layer -> layer.file(path, content));
    }

    /** The program that runs, with the arguments that always come. */
    public ImageBuilder entrypoint(String... command) {
        config.entrypoint = List.of(command);
        return this;
    }

    /** The arguments, or the program where there is no entrypoint. */
    public ImageBuilder cmd(String... arguments) {
        config.cmd = List.of(arguments);
        return this;
    }

    /** An environment variable. */
    public ImageBuilder env(String name, String value) {
        config.env.put(name, value);
        return this;
    }

    /** A label of the configuration. */
    public ImageBuilder label(String key, String value) {
        config.labels.put(key, value);
        return this;
    }

    /** Labels of the configuration. */
    public ImageBuilder labels(Map<String, String> labels) {
        config.labels.putAll(labels);
        return this;
    }

    /** Who the program runs as: a name or number, with a group behind a colon or without. */
    public ImageBuilder user(String user) {
        config.user = user;
        return this;
    }

    /** Where the program starts. */
    public ImageBuilder workdir(String directory) {
        config.workdir = directory;
        return this;
    }

    /** A TCP port that the program listens on. */
    public ImageBuilder exposedPort(int port) {
        return exposedPort(port + "/tcp");
    }

    /** A port that the program listens on, such as {@code 53/udp}. */
    public ImageBuilder exposedPort(String portAndProtocol) {
        config.exposedPorts.add(portAndProtocol);
        return this;
    }

    /** A directory that is to be mounted. */
    public ImageBuilder volume(String directory) {
        config.volumes.add(directory);
        return this;
    }

    /** The signal that ends the program, such as {@code SIGTERM}. */
    public ImageBuilder stopSignal(String signal) {
        config.stopSignal = signal;
        return this;
    }

    /** Who made the image. */
    public ImageBuilder author(String author) {
        config.author = author;
        return this;
    }

    /** When the image was made. */
    public ImageBuilder created(Instant time) {
        config.created = Optional.of(time);
        return this;
    }

    /** A step of the history that made a layer. */
    public ImageBuilder history(String createdBy) {
        return history(new History(Instant.EPOCH, createdBy, "", false));
    }

    /** A step of the history. */
    public ImageBuilder history(History step) {
        config.history.add(step);
        return this;
    }

    /** What the image runs on, such as {@code linux/arm64/v8}. */
    public ImageBuilder platform(String platform) {
        return platform(Platforms.parse(platform));
    }

    /** What the image runs on. */
    public ImageBuilder platform(Platform platform) {
        config.platform(platform);
        return this;
    }

    /** An annotation of the manifest. */
    public ImageBuilder annotation(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    /** What the image is about; rare for images, usual for artifacts. */
    public ImageBuilder subject(Image image) {
        subject = Optional.of(ArtifactBuilder.plain(image.descriptor()));
        return this;
    }

    /** Whose media types to use. */
    public ImageBuilder format(ImageFormat newFormat) {
        format = newFormat;
        return this;
    }

    /** How to compress the layers that do not say it themselves. */
    public ImageBuilder compression(Compression how) {
        compression = how;
        return this;
    }

    /**
     * Makes the image. Layers are read and compressed once, to know their digests.
     *
     * @throws UncheckedIOException if a file or a layer cannot be read
     * @throws IllegalArgumentException if the format has no media type for a layer's compression
     */
    public Image build() {
        List<Layer> built = new ArrayList<>();
        try {
            for (Layer layer : baseLayers) {
                built.add(format.typed(layer));
            }
            ConfigDraft whole = new ConfigDraft();
            whole.takeOver(config.toConfig());
            for (LayerStep step : layers) {
                Layer layer = format.typed(step.build(compression));
                built.add(layer);
                whole.diffIds.add(layer.diffId());
            }
            return image(Layer.ofBytes(format.config(), ByteSource.of(ConfigWriter.write(whole.toConfig()))), built);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Image image(Layer configuration, List<Layer> built) {
        return Image.of(
                ManifestWriter.image(
                        format.manifest(),
                        configuration.descriptor(),
                        built.stream().map(Layer::descriptor).toList(),
                        Optional.empty(),
                        new ManifestWriter.Extras(subject, annotations)),
                MemorySource.ofBlobs(configuration, built));
    }

    /** Makes a layer, compressed as usual where it does not say how. */
    private interface LayerStep {
        Layer build(Compression usual);
    }
}
