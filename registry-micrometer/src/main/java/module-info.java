import org.jspecify.annotations.NullMarked;

/** What a registry does, as Micrometer's meters. */
@NullMarked
module dev.berth.registry.micrometer {
    requires static transitive org.jspecify;
    requires transitive dev.berth.registry.core;
    requires transitive micrometer.core;

    exports dev.berth.registry.micrometer;
}
