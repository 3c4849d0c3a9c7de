import org.jspecify.annotations.NullMarked;

/** A registry for each test, with JUnit 5.10 or later and JUnit 6. */
@NullMarked
module dev.berth.registry.junit5 {
    requires static transitive org.jspecify;
    requires transitive dev.berth.registry.core;
    requires transitive dev.berth.registry.jetty;
    requires dev.berth.registry.auth;
    requires transitive dev.berth.registry.image;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.commons;
    requires static transitive org.assertj.core;

    exports dev.berth.registry.junit5;
    exports dev.berth.registry.junit5.assertj;

    // JUnit makes the extension that @RegistryExtension names, and its class is not public.
    opens dev.berth.registry.junit5 to
            org.junit.platform.commons;
}
