package dev.berth.standalone.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What there may be only so much of, whoever sends it. */
public enum Limit {
    /** The bytes of a blob. */
    BLOB("blob", true, Long.MAX_VALUE),
    /** The bytes of a manifest, which is held in memory. */
    MANIFEST("manifest", true, 1 << 30),
    /** Requests that bring content, at the same time. */
    UPLOADS("uploads", false, Integer.MAX_VALUE),
    /** The same in one repository. */
    UPLOADS_PER_REPOSITORY("uploadsPerRepository", false, Integer.MAX_VALUE),
    /** The same of one user, or of one address that names no user. */
    UPLOADS_PER_CLIENT("uploadsPerClient", false, Integer.MAX_VALUE),
    /** Upload sessions that are open. */
    SESSIONS("sessions", false, Integer.MAX_VALUE);

    private final String key;
    private final boolean size;
    private final long greatest;

    Limit(String key, boolean size, long greatest) {
        this.key = key;
        this.size = size;
        this.greatest = greatest;
    }

    /** How it is written. */
    public String key() {
        return key;
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Limit::key).toList();
    }

    static Limit of(String key) {
        return Arrays.stream(values())
                .filter(limit -> limit.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no limit \"" + key + "\"; there are: " + String.join(", ", keys())));
    }

    /** @throws IllegalArgumentException if that is no such limit */
    long parse(String text) {
        Optional<Long> most = size
                ? Sizes.parse(text)
                : Optional.of(text).filter(t -> t.matches("[0-9]{1,9}")).map(Long::valueOf);
        return most.filter(value -> value >= 1 && value <= greatest)
                .orElseThrow(() -> new IllegalArgumentException("\"" + key + "\" has to be "
                        + (size ? "a size, such as 10GiB or 500MB" : "a whole number of at least 1") + ", not \"" + text
                        + "\""));
    }
}
