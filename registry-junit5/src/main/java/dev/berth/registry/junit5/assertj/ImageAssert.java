package dev.berth.registry.junit5.assertj;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.ImageConfig;
import dev.berth.registry.image.ImageFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an image: its manifest, its configuration, and the files that its layers make together. */
public final class ImageAssert extends AbstractAssert<ImageAssert, Image> {

    private static final int MOST_SHOWN = 20;

    ImageAssert(Image actual) {
        super(actual, ImageAssert.class);
    }

    /** Verifies what the image is known by. */
    public ImageAssert hasDigest(Digest digest) {
        return has("the digest", digest, actual.digest());
    }

    /** Verifies the media type of the manifest. */
    public ImageAssert hasMediaType(String mediaType) {
        return has("the media type", mediaType, actual.mediaType());
    }

    /** Verifies how many layers there are. */
    public ImageAssert hasLayers(int count) {
        int found = actual.layers().size();
        if (found != count) {
            throw failure(
                    "Expecting %s layers, but there are %s:%n%s",
                    count,
                    found,
                    actual.layers().stream()
                            .map(layer -> "  " + layer.digest() + ", " + layer.size() + " bytes, " + layer.mediaType())
                            .collect(Collectors.joining("\n")));
        }
        return this;
    }

    /** Verifies that the lowest layers are those of another image, in their order: that this one was built upon it. */
    public ImageAssert isBuiltUpon(Image base) {
        List<Digest> theirs =
                base.layers().stream().map(layer -> layer.digest()).toList();
        List<Digest> ours =
                actual.layers().stream().map(layer -> layer.digest()).toList();
        if (theirs.size() > ours.size() || !ours.subList(0, theirs.size()).equals(theirs)) {
            throw failure("Expecting the layers to begin with%n  %s%nbut they are%n  %s", theirs, ours);
        }
        return this;
    }

    /** Verifies a label. */
    public ImageAssert hasLabel(String key, String value) {
        return hasEntry("label", config().labels(), key, value);
    }

    /** Verifies an environment variable. */
    public ImageAssert hasEnv(String name, String value) {
        return hasEntry("environment variable", config().env(), name, value);
    }

    /** Verifies an annotation of the manifest. */
    public ImageAssert hasAnnotation(String key, String value) {
        return hasEntry("annotation", actual.descriptor().annotations(), key, value);
    }

    /** Verifies the entrypoint. */
    public ImageAssert hasEntrypoint(String... command) {
        return has("the entrypoint", List.of(command), config().entrypoint());
    }

    /** Verifies the command. */
    public ImageAssert hasCmd(String... arguments) {
        return has("the command", List.of(arguments), config().cmd());
    }

    /** Verifies the user. */
    public ImageAssert hasUser(String user) {
        return has("the user", user, config().user());
    }

    /** Verifies the working directory. */
    public ImageAssert hasWorkdir(String directory) {
        return has("the working directory", directory, config().workdir());
    }

    /** Verifies the ports, each such as {@code 8080/tcp}, and that there are no others. */
    public ImageAssert hasExposedPorts(String... ports) {
        return has("the ports", List.of(ports).stream().sorted().toList(), List.copyOf(config().exposedPorts()));
    }

    /** Verifies the platform, such as {@code linux/amd64}. */
    public ImageAssert hasPlatform(String platform) {
        return has("the platform", platform, config().platform().toString());
    }

    /** Verifies the platforms of an index, in any order, and that there are no others. */
    public ImageAssert hasPlatforms(String... platforms) {
        List<String> found = actual.manifest().manifests().stream()
                .flatMap(child -> child.platform().stream())
                .map(Object::toString)
                .sorted()
                .toList();
        return has("the platforms", List.of(platforms).stream().sorted().toList(), found);
    }

    /** Goes on with the image of an index that is for a platform. */
    public ImageAssert forPlatform(String platform) {
        try {
            return new ImageAssert(actual.forPlatform(platform)).as("%s for %s", descriptionText(), platform);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Verifies that the manifest is about another one. */
    public ImageAssert refersTo(Digest subject) {
        String found = actual.manifest()
                .subject()
                .map(Descriptor::digest)
                .map(Digest::toString)
                .orElse("nothing");
        return has("the subject", subject.toString(), found);
    }

    /** Verifies that there is a file, directory or link; symbolic links on the way are followed. */
    public ImageAssert containsFile(String path) {
        try {
            if (!actual.files().contains(path)) {
                throw failure("Expecting a file %s, but there is none.%n%s", path, nearby(path));
            }
            return this;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Verifies a file and its text. */
    public ImageAssert containsFile(String path, String text) {
        containsFile(path);
        try {
            return has("the text of " + path, text, actual.files().read(path));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Verifies that there is no file, directory or link of that path. */
    public ImageAssert doesNotContainFile(String path) {
        try {
            if (actual.files().contains(path)) {
                throw failure("Expecting no file %s, but there is one", path);
            }
            return this;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What stands where the file was looked for: in the nearest directory above it that there is. */
    private String nearby(String path) throws IOException {
        String directory = path.startsWith("/") ? path : "/" + path;
        do {
            directory = directory.substring(0, Math.max(0, directory.lastIndexOf('/')));
        } while (!directory.isEmpty() && !actual.files().contains(directory));
        List<ImageFile> there = actual.files().list(directory.isEmpty() ? "/" : directory);
        String names = there.stream().limit(MOST_SHOWN).map(ImageFile::path).collect(Collectors.joining(", "));
        return "In " + (directory.isEmpty() ? "/" : directory) + " there is: " + (names.isEmpty() ? "nothing" : names)
                + (there.size() > MOST_SHOWN ? " and " + (there.size() - MOST_SHOWN) + " more" : "");
    }

    private ImageAssert hasEntry(String what, Map<String, String> entries, String key, String value) {
        if (!value.equals(entries.get(key))) {
            throw failure("Expecting the %s%n  %s=%s%nbut what there is, is%n  %s", what, key, value, entries);
        }
        return this;
    }

    private ImageAssert has(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw failure("Expecting %s%n  %s%nbut it is%n  %s", what, expected, found);
        }
        return this;
    }

    private ImageConfig config() {
        try {
            return actual.config();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private AssertionError unreadable(IOException e) {
        return new AssertionError(actual + " cannot be read: " + e.getMessage(), e);
    }
}
