package dev.berth.registry.image.recording;

import java.util.Locale;
import java.util.Optional;

/** Who answers: the recording, the registry that is recorded, or each what it has. */
public enum RecordingMode {
    /** The recording answers. What is not in it is refused, and the registry elsewhere is never asked. */
    REPLAY,
    /** The recording answers what it has; the rest is asked of the registry elsewhere, and added. */
    RECORD_MISSING,
    /** The registry elsewhere answers everything, and what it answers takes the place of what it answered to the same before. */
    RECORD;

    /** The system property that says which, {@value}; else the variable {@code BERTH_RECORD} of the environment does. */
    public static final String PROPERTY = "berth.record";

    /**
     * What whoever started this JVM wants: {@code -Dberth.record=all} to record, {@code -Dberth.record=missing} to add what is
     * missing; {@link #REPLAY} if nothing is said, or {@code none}.
     *
     * @throws IllegalArgumentException if something else is said
     */
    public static RecordingMode configured() {
        String value = Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv("BERTH_RECORD")))
                .orElse("none");
        return of(value);
    }

    static RecordingMode of(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "none", "false" -> REPLAY;
            case "missing" -> RECORD_MISSING;
            case "", "all", "true" -> RECORD;
            default ->
                throw new IllegalArgumentException(
                        "-D" + PROPERTY + " is 'all' to record everything anew, 'missing' to add"
                                + " what is not recorded, or 'none', and not '" + value + "'");
        };
    }
}
