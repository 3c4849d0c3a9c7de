package dev.berth.registry.junit5;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a test's registry is like.
 *
 * @param owner what said so: the annotated class, or the extension that a program made. Registries of different owners are
 *     different
 * @param reset whether each test of a class finds its registry as the first one did
 * @param clock what clock one goes by
 */
record Settings(
        Object owner,
        RegistryScope scope,
        boolean reset,
        Supplier<TestClock> clock,
        RegistryStorage storage,
        TestAccess access,
        TestWays ways,
        Seeds seeds,
        Optional<TestRecording> recording,
        RegistryCustomizer customizer) {}
