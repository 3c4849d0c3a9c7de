package dev.berth.registry.junit5;

import static dev.berth.registry.http.RequestMatch.anyRequest;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.fail;

import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Exchange;
import dev.berth.registry.http.journal.Journal;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.assertj.RegistryAssertions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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
    void requestsThatAFailureTellsAreNotToldAgain() {
        assertThat(SampleRun.of(TellingRequests.class).failed(3).failures())
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("GET /v2/"))
                .allSatisfy(failure -> assertThat(reports(failure)).isEmpty());
    }

    @RegistryExtension
    static class TellingRequests {
        @BeforeEach
        void ask(RegistryServer server, Journal journal) throws Exception {
            get(server.uri());
            journal.await("all sent", e -> e.state() == Exchange.State.SENT, Duration.ofSeconds(10));
        }

        @Test
        void byAnAssertion(Journal journal) {
            RegistryAssertions.assertThat(journal).pushed("team/app", "1.0");
        }

        @Test
        void byOneOfSeveral(Journal journal) {
            assertAll(() -> RegistryAssertions.assertThat(journal).pushed("team/app", "1.0"), () -> fail("more"));
        }

        @Test
        void byWaiting(Journal journal) throws Exception {
            journal.await(manifestPut(), Duration.ZERO);
        }
    }

    @Test
    void faultsThatAFailureTellsAreNotToldAgain() {
        assertThat(SampleRun.of(TellingFaults.class).failed(1).failures())
                .allSatisfy(failure -> assertThat(reports(failure))
                        .singleElement()
                        .asString()
                        .contains("was asked:\nno requests")
                        .doesNotContain("faults"));
    }

    @RegistryExtension
    static class TellingFaults {
        @Test
        void fails(Faults faults) {
            faults.on(manifestPut()).reset();
            RegistryAssertions.assertThat(faults).allHit();
        }
    }

    @Test
    void theWaysAreToldInAnyCase() {
        assertThat(SampleRun.of(WithWays.class).failed(1).failures().get(0).getSuppressed())
                .singleElement()
                .asString()
                .contains(" had the ways of:\nGHCR")
                .doesNotContain("was asked");
    }

    @RegistryExtension(profile = Profile.GHCR)
    static class WithWays {
        @Test
        void fails(RegistryServer server, Journal journal) throws Exception {
            get(server.uri());
            journal.await("all sent", e -> e.state() == Exchange.State.SENT, Duration.ofSeconds(10));
            RegistryAssertions.assertThat(journal).pushed("team/app", "1.0");
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

    private static List<Throwable> reports(Throwable failure) {
        return Stream.of(failure.getSuppressed())
                .filter(RegistryReport.class::isInstance)
                .toList();
    }

    private static int get(URI registry) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(registry.resolve("/v2/")).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
