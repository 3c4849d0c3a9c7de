package dev.berth.registry.junit5;

import dev.berth.registry.http.profile.RegistryProfile;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Whose ways a test's registry has. Each is the {@link RegistryProfile} of that name, whose Javadoc says what it does; one with other
 * numbers is told to {@link RegistryJUnitExtension.Builder#filter}.
 */
public enum Profile {
    /** Its own. */
    NONE {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.empty();
        }
    },
    /** {@link RegistryProfile#dockerHub()}: 100 pulls in 6 hours of the test's clock. */
    DOCKER_HUB {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.of(RegistryProfile.dockerHub(100, clock));
        }
    },
    /** {@link RegistryProfile#ghcr()}. */
    GHCR {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.of(RegistryProfile.ghcr());
        }
    },
    /** {@link RegistryProfile#quay()}. */
    QUAY {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.of(RegistryProfile.quay());
        }
    },
    /** {@link RegistryProfile#ecr}: the repositories that were made are those of {@link RegistryExtension#images}. */
    ECR {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            String[] repositories = images.stream()
                    .map(image -> image.substring(0, Math.max(0, image.lastIndexOf(':'))))
                    .distinct()
                    .toArray(String[]::new);
            return Optional.of(RegistryProfile.ecr(repositories));
        }
    },
    /** {@link RegistryProfile#artifactRegistry()}. */
    ARTIFACT_REGISTRY {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.of(RegistryProfile.artifactRegistry());
        }
    },
    /** {@link RegistryProfile#acr()}. */
    ACR {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.of(RegistryProfile.acr());
        }
    },
    /** {@link RegistryProfile#registry2()}. */
    REGISTRY_2 {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.of(RegistryProfile.registry2());
        }
    },
    /** {@link RegistryProfile#bare()}. */
    BARE {
        @Override
        Optional<RegistryProfile> create(Clock clock, List<String> images) {
            return Optional.of(RegistryProfile.bare());
        }
    };

    /** One for a registry that goes by a clock and begins with some images. */
    abstract Optional<RegistryProfile> create(Clock clock, List<String> images);
}
