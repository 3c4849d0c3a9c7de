package dev.berth.registry.junit5;

import dev.berth.registry.http.fault.Faults;
import dev.berth.registry.http.journal.Journal;

/** Goes with the failure of a test, so that whoever reads of it sees what its registry was asked and did. */
final class RegistryReport extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MOST = 200;

    RegistryReport(String address, Journal journal, Faults faults) {
        super(message(address, journal, faults), null, false, false);
    }

    private static String message(String address, Journal journal, Faults faults) {
        String report = "The test's registry at " + address + " was asked:\n" + journal.last(MOST);
        return faults.active().isEmpty() ? report : report + "\nand had these faults:\n" + faults;
    }
}
