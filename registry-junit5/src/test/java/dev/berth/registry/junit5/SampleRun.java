package dev.berth.registry.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Test classes that JUnit has run, and what became of them. */
record SampleRun(EngineExecutionResults results) {

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    static SampleRun of(Class<?>... samples) {
        return of(Map.of(), samples);
    }

    static SampleRun inParallel(Class<?>... samples) {
        return of(PARALLEL, samples);
    }

    static SampleRun of(Map<String, String> parameters, Class<?>... samples) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> sample : samples) {
            kit.selectors(selectClass(sample));
        }
        return new SampleRun(kit.execute());
    }

    /** Says that these many tests succeeded, and that nothing failed. */
    SampleRun succeeded(int tests) {
        assertThat(failures()).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
        return this;
    }

    /** Says that these many tests or classes failed, and nothing is left listening. */
    SampleRun failed(int failures) {
        assertThat(failures()).hasSize(failures);
        return this;
    }

    /** What failed, tests and classes. */
    List<Throwable> failures() {
        return results.allEvents().failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    /** The addresses that samples reported, in order. */
    List<String> addresses() {
        return reported("address").toList();
    }

    Stream<String> reported(String key) {
        return results.allEvents().reportingEntryPublished().stream()
                .map((Event event) ->
                        event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .filter(entry -> entry.containsKey(key))
                .map(entry -> entry.get(key));
    }

    /** Says that no registry is left that a sample reported. */
    SampleRun leftNothing() {
        assertThat(addresses()).isNotEmpty().noneMatch(Exchange::isListening);
        return this;
    }
}
