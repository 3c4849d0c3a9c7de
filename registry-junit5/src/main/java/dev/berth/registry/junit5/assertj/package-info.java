/**
 * Assertions on registries, images and journals, for those who have AssertJ: it is not needed for anything else.
 *
 * <pre>{@code
 * import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
 *
 * assertThat(registry).repository("team/app").hasTag("1.0").image().hasLayers(2).containsFile("/app/run");
 * assertThat(journal).pushed("team/app", "1.0").uploadedBlobs(3);
 * }</pre>
 */
@NullMarked
package dev.berth.registry.junit5.assertj;

import org.jspecify.annotations.NullMarked;
