package dev.berth.registry.junit5.assertj;

import dev.berth.registry.Registry;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.image.Image;
import dev.berth.registry.jetty.RegistryServer;

/** Where assertions begin; to be imported beside AssertJ's own. */
public final class RegistryAssertions {

    private RegistryAssertions() {}

    /** Begins an assertion on what a server's registry holds. */
    public static RegistryAssert assertThat(RegistryServer actual) {
        return new RegistryAssert(actual.registry());
    }

    /** Begins an assertion on what a registry holds. */
    public static RegistryAssert assertThat(Registry actual) {
        return new RegistryAssert(actual);
    }

    /** Begins an assertion on an image. */
    public static ImageAssert assertThat(Image actual) {
        return new ImageAssert(actual);
    }

    /** Begins an assertion on what a registry was asked. */
    public static JournalAssert assertThat(Journal actual) {
        return new JournalAssert(actual);
    }

    /** Begins an assertion on whether faults have hit. */
    public static FaultsAssert assertThat(Faults actual) {
        return new FaultsAssert(actual);
    }
}
