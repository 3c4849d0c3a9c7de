import org.jspecify.annotations.NullMarked;

/** Users and passwords in a file, bearer tokens, and an access policy in a file. */
@NullMarked
module dev.berth.registry.auth {
    requires static transitive org.jspecify;
    requires transitive dev.berth.registry.core;
    requires bcrypt;
    requires org.apache.commons.codec;
    requires org.jose4j;
    requires java.net.http;
    requires org.slf4j;
    requires org.snakeyaml.engine;

    exports dev.berth.registry.auth.htpasswd;
    exports dev.berth.registry.auth.policy;
    exports dev.berth.registry.auth.token;
}
