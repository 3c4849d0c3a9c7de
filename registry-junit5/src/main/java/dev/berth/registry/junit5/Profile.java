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
    NONE,
    /** {@link RegistryProfile#dockerHub()}: 100 pulls in 6 hours of the test's clock. */
    DOCKER_HUB,
    /** {@link RegistryProfile#ghcr()}. */
    GHCR,
    /** {@link RegistryProfile#quay()}. */
    QUAY,
    /** {@link RegistryProfile#ecr}: the repositories that were made are those of {@link RegistryExtension#images}. */
    ECR,
    /** {@link RegistryProfile#artifactRegistry()}. */
    ARTIFACT_REGISTRY,
    /** {@link RegistryProfile#acr()}. */
    ACR,
    /** {@link RegistryProfile#registry2()}. */
    REGISTRY_2,
    /** {@link RegistryProfile#bare()}. */
    BARE;

    /** One for a registry that goes by a clock and begins with some images. */
    Optional<RegistryProfile> create(Clock clock, List<String> images) {
        return switch (this) {
            case NONE -> Optional.empty();
            case DOCKER_HUB -> Optional.of(RegistryProfile.dockerHub(100, clock));
            case GHCR -> Optional.of(RegistryProfile.ghcr());
            case QUAY -> Optional.of(RegistryProfile.quay());
            case ECR -> Optional.of(RegistryProfile.ecr(repositories(images)));
            case ARTIFACT_REGISTRY -> Optional.of(RegistryProfile.artifactRegistry());
            case ACR -> Optional.of(RegistryProfile.acr());
            case REGISTRY_2 -> Optional.of(RegistryProfile.registry2());
            case BARE -> Optional.of(RegistryProfile.bare());
        };
    }

    private static String[] repositories(List<String> images) {
        return images.stream()
                .map(image -> image.substring(0, Math.max(0, image.lastIndexOf(':'))))
                .distinct()
                .toArray(String[]::new);
    }
}
