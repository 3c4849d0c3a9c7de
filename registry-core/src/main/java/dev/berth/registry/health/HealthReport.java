package dev.berth.registry.health;

import java.util.List;
import java.util.Optional;

/**
 * How a registry is doing.
 *
 * @param readOnly whether it refuses every change, which is no problem where somebody wants it so
 * @param results what each check has found
 */
public record HealthReport(boolean readOnly, List<Result> results) {

    /** Copies what it is given. */
    public HealthReport {
        results = List.copyOf(results);
    }

    /** Whether everything works. */
    public boolean isUp() {
        for (Result result : results) {
            if (result.problem().isPresent()) {
                return false;
            }
        }
        return true;
    }

    /**
     * What a check has found.
     *
     * @param check its name
     * @param problem what is wrong; empty if nothing is
     */
    public record Result(String check, Optional<String> problem) {}
}
