package dev.berth.registry.junit5;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Goes with the failure of a test, so that whoever reads of it sees what its registry was asked and did. */
final class RegistryReport extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MOST = 200;

    private RegistryReport(String message) {
        super(message, null, false, false);
    }

    /** What a failure does not say itself, as one of an assertion on the journal does. Empty if nothing is left to be said. */
    static Optional<RegistryReport> on(
            Throwable failure, String address, Journal journal, Faults faults, List<HttpFilter> ways) {
        String said = failure.toString();
        List<String> report = new ArrayList<>();
        String requests = journal.last(MOST);
        if (!said.contains(requests)) {
            report.add("was asked:\n" + requests);
        }
        if (!faults.active().isEmpty() && !said.contains(faults.toString())) {
            report.add("had these faults:\n" + faults);
        }
        if (!ways.isEmpty()) {
            report.add("had the ways of:\n"
                    + ways.stream().map(HttpFilter::toString).collect(Collectors.joining("\n")));
        }
        return report.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RegistryReport("The test's registry at " + address + " " + String.join("\nand ", report)));
    }
}
