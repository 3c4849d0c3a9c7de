package dev.berth.registry.junit5;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;
import java.util.List;

/** Goes with the failure of a test, so that whoever reads of it sees what its registry was asked and did. */
final class RegistryReport extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MOST = 200;

    RegistryReport(String address, Journal journal, Faults faults, List<HttpFilter> ways) {
        super(message(address, journal, faults, ways), null, false, false);
    }

    private static String message(String address, Journal journal, Faults faults, List<HttpFilter> ways) {
        StringBuilder report =
                new StringBuilder("The test's registry at " + address + " was asked:\n" + journal.last(MOST));
        if (!faults.active().isEmpty()) {
            report.append("\nand had these faults:\n").append(faults);
        }
        if (!ways.isEmpty()) {
            report.append("\nand the ways of:");
            ways.forEach(way -> report.append('\n').append(way));
        }
        return report.toString();
    }
}
