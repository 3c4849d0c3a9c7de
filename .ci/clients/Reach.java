import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.ClientSetup;
import dev.berth.registry.jetty.tls.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves a registry over plain HTTP and one over TLS, and writes what clients need to reach them. For reach.sh. */
class Reach {

    public static void main(String[] args) throws Exception {
        Path scratch = Path.of(args[0]);
        TestCertificates certificates = TestCertificates.create();
        RegistryServer plain = RegistryServer.start();
        RegistryServer tls = RegistryServer.builder().tls(certificates.tls()).start();

        ClientSetup.plainHttp(plain.address()).writeEtc(scratch.resolve("etc"));
        certificates.clientSetup(tls.address()).writeEtc(scratch.resolve("etc"));
        // Names that stand for the registry elsewhere, as the nodes of a cluster see them.
        ClientSetup.plainHttp("plain.invalid:5000").writeKind(scratch.resolve("kind"), plain.address());
        certificates.clientSetup("trusted.invalid:5000").writeKind(scratch.resolve("kind"), tls.address());
        ClientSetup.unverified("unverified.invalid:5000").writeKind(scratch.resolve("kind"), tls.address());

        Files.writeString(scratch.resolve("addresses.next"), plain.address() + " " + tls.address() + "\n");
        Files.move(scratch.resolve("addresses.next"), scratch.resolve("addresses"));
        plain.join();
    }
}
