package dev.berth.registry.junit5;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.jetty.RegistryServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JournalAndFaultsTest {

    @Test
    void theyAreThoseOfTheTestsRegistry() {
        SampleRun.of(Asking.class).succeeded(3);
    }

    @RegistryExtension
    static class Asking {

        @RegistryExtension
        private Journal field;

        @Test
        void asks(RegistryServer server, Journal journal) throws Exception {
            assertThat(get(server.uri())).isEqualTo(200);

            assertThat(journal.exchanges()).hasSize(1);
            assertThat(field).isSameAs(journal);
        }

        @Test
        void asksAnew(RegistryServer server, Journal journal, Faults faults) throws Exception {
            faults.on(anyRequest()).status(503);

            assertThat(get(server.uri())).isEqualTo(503);

            assertThat(journal.exchanges())
                    .singleElement()
                    .satisfies(e -> assertThat(e.status()).isEqualTo(503));
        }

        @Test
        void asksNothing(Journal journal, Faults faults) {
            assertThat(journal.exchanges()).isEmpty();
            assertThat(faults.active()).isEmpty();
        }
    }

    @Test
    void anExtensionHasThemToo() {
        SampleRun.of(InCode.class).succeeded(1);
    }

    static class InCode {
        @RegisterExtension
        final RegistryJUnitExtension registry = RegistryJUnitExtension.builder().build();

        @Test
        void asks() throws Exception {
            registry.faults().on(anyRequest()).once().status(500);

            assertThat(get(registry.server().uri())).isEqualTo(500);
            assertThat(get(registry.server().uri())).isEqualTo(200);

            assertThat(registry.journal().exchanges()).hasSize(2);
        }
    }

    @Test
    void aFailureSaysWhatTheRegistryWasAsked() {
        SampleRun run = SampleRun.of(Failing.class).failed(1);

        assertThat(run.failures().get(0).getSuppressed())
                .singleElement()
                .asString()
                .contains("was asked:")
                .contains("418")
                .contains("GET /v2/")
                .contains("had these faults:")
                .contains("any request: a foreign 418 (hit 1 of 1)");
    }

    @RegistryExtension
    static class Failing {
        @Test
        void fails(RegistryServer server, Faults faults) throws Exception {
            faults.on(anyRequest()).answer(418, "text/plain", "tea");
            assertThat(get(server.uri())).isEqualTo(200);
        }
    }

    @Test
    void aFailureWithoutRequestsHasNothingToAdd() {
        assertThat(SampleRun.of(FailingAlone.class).failed(1).failures().get(0).getSuppressed())
                .isEmpty();
    }

    @RegistryExtension
    static class FailingAlone {
        @Test
        void fails() {
            throw new AssertionError("on purpose");
        }
    }

    private static int get(URI registry) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(registry.resolve("/v2/")).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
