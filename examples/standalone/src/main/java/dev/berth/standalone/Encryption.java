package dev.berth.standalone;

import dev.berth.registry.jetty.tls.CertificateAuthorities;
import dev.berth.registry.jetty.tls.Tls;
import dev.berth.registry.jetty.tls.Tls.ClientCertificates;
import dev.berth.registry.jetty.tls.TlsVersion;
import dev.berth.standalone.config.TlsSettings;
import java.nio.file.Path;
import java.util.List;

/** TLS as it was configured. Loaded only where it is spoken. */
final class Encryption {

    private Encryption() {}

    static Tls of(TlsSettings settings) {
        Tls tls = Tls.pem(settings.certificate(), settings.key())
                .withMinimumVersion(settings.minimum().equals("1.3") ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2);
        if (settings.clientAuthorities().isEmpty()) {
            return tls;
        }
        return tls.withClientCertificates(
                settings.clientsMayBeUnknown() ? ClientCertificates.WANTED : ClientCertificates.REQUIRED,
                authorities(settings.clientAuthorities()));
    }

    private static CertificateAuthorities authorities(List<Path> files) {
        return CertificateAuthorities.files(
                files.get(0), files.subList(1, files.size()).toArray(new Path[0]));
    }
}
