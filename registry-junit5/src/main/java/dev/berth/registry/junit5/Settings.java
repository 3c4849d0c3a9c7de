package dev.berth.registry.junit5;

import java.util.Optional;

/**
 * What a test's registry is like.
 *
 * @param owner what said so: the annotated class, or the extension that a program made. Registries of different owners are
 *     different
 */
record Settings(
        Object owner,
        RegistryScope scope,
        RegistryStorage storage,
        TestAccess access,
        Seeds seeds,
        Optional<TestRecording> recording,
        RegistryCustomizer customizer) {}
