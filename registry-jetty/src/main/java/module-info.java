import org.jspecify.annotations.NullMarked;

/** The registry served by Jetty. */
@NullMarked
module dev.berth.registry.jetty {
    requires static transitive org.jspecify;
    requires transitive dev.berth.registry.core;
    requires transitive org.eclipse.jetty.server;
    requires org.eclipse.jetty.alpn.server;
    requires org.eclipse.jetty.http2.server;
    requires org.slf4j;

    exports dev.berth.registry.jetty;
    exports dev.berth.registry.jetty.tls;
}
