package dev.berth.registry.junit5.assertj;

import dev.berth.registry.http.fault.ActiveFault;
import dev.berth.registry.http.fault.Faults;
import org.assertj.core.api.AbstractAssert;

/** Assertions on faults: a test of what happens when something goes wrong is none if nothing did. */
public final class FaultsAssert extends AbstractAssert<FaultsAssert, Faults> {

    FaultsAssert(Faults actual) {
        super(actual, FaultsAssert.class);
    }

    /** Verifies that each fault in force has hit at least once. */
    public FaultsAssert allHit() {
        for (ActiveFault fault : actual.active()) {
            if (fault.hits() == 0) {
                throw failure(
                        "Expecting each fault to have hit, but this has not:%n%s%nAll there are:%n%s", fault, actual);
            }
        }
        return this;
    }

    /** Verifies how often faults have hit, all those in force together. */
    public FaultsAssert hit(long count) {
        long found = actual.active().stream().mapToLong(ActiveFault::hits).sum();
        if (found != count) {
            throw failure("Expecting %d hits in all, but there were %d:%n%s", count, found, actual);
        }
        return this;
    }
}
