package dev.berth.registry.image.recording;

import dev.berth.registry.Digest;
import dev.berth.registry.image.remote.Credentials;
import dev.berth.registry.image.remote.RemoteHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that holds what a registry was asked and answered. {@code exchanges.txt} has the exchanges, in an order that does not
 * depend on time or threads; {@code blobs} has the manifests and blobs, by digest. There is no secret in it: of header fields only
 * those are kept that are known to be harmless, and passwords, tokens and signatures are replaced in the rest. The content of
 * blobs and manifests is kept as it is, since it would be another otherwise.
 *
 * <p>Immutable, as the directory's name is; what is read is read anew each time.
 */
public final class Recording {

    private static final String EXCHANGES = "exchanges.txt";

    private final Path directory;

    private Recording(Path directory) {
        this.directory = directory;
    }

    /** A directory, which needs not be there yet. */
    public static Recording at(Path directory) {
        return new Recording(directory.toAbsolutePath().normalize());
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** Whether something has been recorded. */
    public boolean exists() {
        return Files.isRegularFile(file());
    }

    /**
     * Stands in for a registry, in the mode that {@link RecordingMode#configured()} says. While recording, it is asked by the user
     * that the variables {@code BERTH_RECORD_USER} and {@code BERTH_RECORD_PASSWORD} of the environment name; by nobody in
     * particular if they are not set.
     *
     * @param registry its URL, such as {@code https://registry.example}
     * @throws IllegalArgumentException if it is none
     * @throws UncheckedIOException if there is a recording that cannot be read; its message names file and line
     */
    public RecordedRegistry of(String registry) {
        Optional<String> user = Optional.ofNullable(System.getenv("BERTH_RECORD_USER"));
        Optional<String> password = Optional.ofNullable(System.getenv("BERTH_RECORD_PASSWORD"));
        return of(
                registry,
                user.isPresent() && password.isPresent()
                        ? Credentials.of(user.get(), password.get())
                        : Credentials.none());
    }

    /**
     * Stands in for a registry, in the mode that {@link RecordingMode#configured()} says.
     *
     * @param registry its URL, such as {@code https://registry.example}
     * @param credentials who asks it when it is recorded; kept nowhere
     * @throws IllegalArgumentException if it is none
     * @throws UncheckedIOException if there is a recording that cannot be read; its message names file and line
     */
    public RecordedRegistry of(String registry, Credentials credentials) {
        return of(RemoteHandler.at(URI.create(registry), credentials), RecordingMode.configured());
    }

    /**
     * Stands in for a registry.
     *
     * @param registry what is asked where the mode says so
     * @param mode who answers
     * @throws UncheckedIOException if there is a recording that cannot be read; its message names file and line
     */
    public RecordedRegistry of(RemoteHandler registry, RecordingMode mode) {
        try {
            return new RecordedRegistry(this, registry, mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * What was asked and answered; nothing if nothing was recorded.
     *
     * @throws IOException if the directory is damaged: the message names the file, and what is wrong with it
     */
    public List<RecordedExchange> exchanges() throws IOException {
        if (!exists()) {
            return List.of();
        }
        List<RecordedExchange> exchanges =
                ExchangeParser.parse(file(), Files.readAllLines(file(), StandardCharsets.UTF_8));
        ContentDirectory content = content();
        for (RecordedBody.Content body : contents(exchanges)) {
            content.requireThere(body);
        }
        return exchanges;
    }

    /**
     * In what this one differs from one that was made before.
     *
     * @throws IOException if one of them cannot be read
     */
    public List<Difference> differencesFrom(Recording before) throws IOException {
        return Differences.between(before.exchanges(), exchanges());
    }

    ContentDirectory content() {
        return new ContentDirectory(directory);
    }

    void write(List<RecordedExchange> exchanges) throws IOException {
        Files.createDirectories(directory);
        Path attributes = directory.resolve(".gitattributes");
        if (!Files.exists(attributes)) {
            Files.writeString(attributes, "* -text\n");
        }
        Path unfinished = directory.resolve(EXCHANGES + ".part");
        Files.writeString(unfinished, ExchangeText.of(exchanges));
        Files.move(unfinished, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the content that no exchange has. */
    void tidy(List<RecordedExchange> exchanges) throws IOException {
        Set<Digest> needed = new HashSet<>();
        contents(exchanges).forEach(content -> needed.add(content.digest()));
        content().retain(needed);
    }

    private static Set<RecordedBody.Content> contents(List<RecordedExchange> exchanges) {
        Set<RecordedBody.Content> contents = new HashSet<>();
        for (RecordedExchange exchange : exchanges) {
            for (RecordedBody body :
                    List.of(exchange.request().body(), exchange.answer().body())) {
                if (body instanceof RecordedBody.Content content) {
                    contents.add(content);
                }
            }
        }
        return contents;
    }

    private Path file() {
        return directory.resolve(EXCHANGES);
    }

    @Override
    public String toString() {
        return "Recording[" + directory + "]";
    }
}
