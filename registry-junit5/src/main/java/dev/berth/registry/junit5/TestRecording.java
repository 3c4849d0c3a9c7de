package dev.berth.registry.junit5;

import dev.berth.registry.image.recording.RecordedRegistry;
import dev.berth.registry.image.recording.Recording;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The registry elsewhere that a test's registry stands in for.
 *
 * @param directory where its answers are recorded
 * @param registry its URL
 */
record TestRecording(Path directory, String registry) {

    static Optional<TestRecording> of(RegistryExtension annotation) {
        boolean named = !annotation.recording().isEmpty();
        if (named == annotation.recordingOf().isEmpty()) {
            throw new ExtensionConfigurationException("A recording has a directory and a registry, as in recording ="
                    + " \"src/test/resources/recordings/pull\", recordingOf = \"https://registry.example\", and one of them is"
                    + " missing");
        }
        return named
                ? Optional.of(new TestRecording(Path.of(annotation.recording()), annotation.recordingOf()))
                : Optional.empty();
    }

    RecordedRegistry open() {
        try {
            return Recording.at(directory).of(registry);
        } catch (RuntimeException e) {
            throw new ExtensionConfigurationException(
                    "The recording of " + registry + " cannot be used: " + e.getMessage(), e);
        }
    }
}
