package dev.berth.standalone.config;

import dev.berth.standalone.rules.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the registry is looked after.
 *
 * @param rules what stays, how much there may be and come, and what may not change
 * @param readOnlyWhile the file that makes it read-only while it is there
 * @param uploadPurging how abandoned uploads are removed; not by itself if empty
 */
public record Housekeeping(Rules rules, Optional<Path> readOnlyWhile, Optional<UploadPurging> uploadPurging) {

    /**
     * How abandoned uploads are removed.
     *
     * @param every how often
     * @param age how long they have rested
     * @param dryRun whether it is only said how many there are
     */
    public record UploadPurging(Duration every, Duration age, boolean dryRun) {}
}
