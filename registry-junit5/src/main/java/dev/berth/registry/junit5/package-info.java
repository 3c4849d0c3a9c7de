/**
 * A registry for each test, with JUnit 5.10 or later and JUnit 6.
 *
 * <p>{@link dev.berth.registry.junit5.RegistryExtension} on a test class is all that most tests need; {@link
 * dev.berth.registry.junit5.RegistryJUnitExtension} is for tests that set a registry up in code, or that need several.
 */
@NullMarked
package dev.berth.registry.junit5;

import org.jspecify.annotations.NullMarked;
