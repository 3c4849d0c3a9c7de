import org.jspecify.annotations.NullMarked;

/** Images, indexes and artifacts made and read in Java. */
@NullMarked
module dev.berth.registry.image {
    requires static transitive org.jspecify;
    requires transitive dev.berth.registry.core;
    requires transitive java.net.http;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires static com.github.luben.zstd_jni;
    requires org.apache.commons.compress;

    exports dev.berth.registry.image;
    exports dev.berth.registry.image.archive;
    exports dev.berth.registry.image.recording;
    exports dev.berth.registry.image.remote;
}
