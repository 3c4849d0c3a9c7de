import org.jspecify.annotations.NullMarked;

/** The contract suites of Berth, for whoever writes a store or a binding. */
@NullMarked
module dev.berth.registry.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.berth.registry.core;
    requires transitive java.net.http;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;

    exports dev.berth.registry.testkit.http;
    exports dev.berth.registry.testkit.registry;
    exports dev.berth.registry.testkit.storage;
}
