import org.jspecify.annotations.NullMarked;

/** An OCI registry as a library: its values, its protocol, its storage. */
@NullMarked
module dev.berth.registry.core {
    requires static transitive org.jspecify;
    requires java.naming;
    requires java.net.http;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports dev.berth.registry;
    exports dev.berth.registry.engine;
    exports dev.berth.registry.event;
    exports dev.berth.registry.event.webhook;
    exports dev.berth.registry.health;
    exports dev.berth.registry.http;
    exports dev.berth.registry.http.auth;
    exports dev.berth.registry.http.chaos;
    exports dev.berth.registry.http.fault;
    exports dev.berth.registry.http.journal;
    exports dev.berth.registry.http.management;
    exports dev.berth.registry.http.metrics;
    exports dev.berth.registry.http.profile;
    exports dev.berth.registry.layer;
    exports dev.berth.registry.pattern;
    exports dev.berth.registry.quota;
    exports dev.berth.registry.retention;
    exports dev.berth.registry.storage;
    exports dev.berth.registry.storage.file;
    exports dev.berth.registry.storage.memory;
    exports dev.berth.registry.recent to
            dev.berth.registry.auth,
            dev.berth.registry.image;
    exports dev.berth.registry.text to
            dev.berth.registry.image;
}
