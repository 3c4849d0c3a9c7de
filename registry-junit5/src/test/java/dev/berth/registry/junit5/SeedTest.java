package dev.berth.registry.junit5;

import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SeedTest {

    @Test
    void imagesAreThereWhenATestBegins() {
        SampleRun.of(WithImages.class).succeeded(1);
    }

    @RegistryExtension(
            images = {"team/app:1.0", "team/app:2.0"},
            seed = Base.class,
            users = "alice:secret")
    static class WithImages {
        @Test
        void test(Registry registry) {
            assertThat(registry).hasExactlyRepositories("library/base", "team/app");
            assertThat(registry).repository("team/app").hasExactlyTags("1.0", "2.0");
            assertThat(registry)
                    .repository("library/base")
                    .hasTag("1.0")
                    .image()
                    .containsFile("/etc/os-release", "ID=test");
        }
    }

    static class Base implements RegistrySeed {
        @Override
        public void seed(Registry registry) throws Exception {
            Image.builder()
                    .file("/etc/os-release", "ID=test")
                    .build()
                    .pushTo(registry, "library/base", "1.0", "latest");
        }
    }

    @Test
    void anExtensionInCodeIsFilledToo() {
        SampleRun.of(InCode.class).succeeded(1);
    }

    static class InCode {
        @RegisterExtension
        final RegistryJUnitExtension registry = RegistryJUnitExtension.builder()
                .seed(r -> Image.random(1, 10).pushTo(r, "a", "1"))
                .seed(r -> Image.pull(r, "a", "1").pushTo(r, "b", "2"))
                .build();

        @Test
        void test() {
            assertThat(registry.registry()).hasExactlyRepositories("a", "b");
        }
    }

    @Test
    void whatGoesWrongIsSaidAndNothingStaysBehind() {
        assertThat(SampleRun.of(WithoutTag.class).failed(1).failures().get(0))
                .hasMessageContaining("named with its tag")
                .hasMessageContaining("team/app");
        assertThat(SampleRun.of(FailingSeed.class).failed(1).failures().get(0))
                .hasMessageContaining("could not be filled: on purpose");
    }

    @RegistryExtension(images = "team/app")
    static class WithoutTag {
        @Test
        void test() {}
    }

    @RegistryExtension(seed = Failing.class)
    static class FailingSeed {
        @Test
        void test() {}
    }

    static class Failing implements RegistrySeed {
        @Override
        public void seed(Registry registry) {
            throw new IllegalStateException("on purpose");
        }
    }
}
