package dev.berth.standalone.rules;

import dev.berth.registry.layer.ImmutableTags;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.retention.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a file of rules says.
 *
 * @param retention what stays, if it says so
 * @param retentionEvery how often that is carried out
 * @param quotas how much repositories may hold
 * @param limits how much may come, whoever sends it
 * @param immutableTags what may not change
 */
public record Rules(
        Optional<RetentionPolicy> retention,
        Duration retentionEvery,
        List<Quota> quotas,
        Limits limits,
        ImmutableTags immutableTags) {

    /** No rules. */
    public static Rules none() {
        return new Rules(Optional.empty(), Duration.ofDays(1), List.of(), Limits.none(), new ImmutableTags(List.of()));
    }
}
