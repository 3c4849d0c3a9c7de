package dev.berth.examples.junit;

import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.http.RequestMatch.uploadCommit;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.junit5.RegistryAddress;
import dev.berth.registry.junit5.RegistryExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What does the code under test do when the registry fails it, and what did it ask of the registry? */
@RegistryExtension
class FaultsAndJournalTest {

    private static final byte[] LAYER = "a layer".getBytes(UTF_8);

    @Test
    void aPullThatIsCutFails(@RegistryAddress String address, Faults faults) throws Exception {
        Client client = new Client(address);
        client.push("team/app", "1.0", LAYER);
        faults.on(blobGet().in("team/app")).once().resetAfter(3);

        assertThatThrownBy(() -> client.pullBlob("team/app", Client.digest(LAYER)))
                .isInstanceOf(IOException.class);

        assertThat(client.pullBlob("team/app", Client.digest(LAYER))).isEqualTo(LAYER);
    }

    @Test
    void anImageIsPushedBlobsFirst(@RegistryAddress String address, Journal journal) throws Exception {
        new Client(address).push("team/app", "1.0", LAYER);

        assertThat(journal.exchanges(uploadCommit().in("team/app"))).hasSize(2);
        long manifest = journal.exchanges(manifestPut()).get(0).number();
        assertThat(journal.exchanges(uploadCommit())).allMatch(blob -> blob.number() < manifest);
    }
}
